"use strict";
/* Sorts, searches, filters and compares tables. A page says the same without it. */
(() => {
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const plain = text => text.normalize("NFKC").toLowerCase();
  const collator = new Intl.Collator("zh-Hans-CN", {numeric: true});

  /* Sorting: a head becomes a button; up, down, and back to the order of the page. */
  const value = (row, place) => {
    const cell = row.cells[place];
    return cell.dataset.value ?? cell.textContent.trim();
  };
  const ordered = (rows, place, kind, down) => {
    const known = [], unknown = [];
    for (const row of rows) {
      const shown = value(row, place);
      const key = kind === "number" ? parseFloat(shown.replaceAll(",", "")) : shown;
      (key === "" || Number.isNaN(key) ? unknown : known).push([key, row]);
    }
    const compare = kind === "number" ? (a, b) => a[0] - b[0] : (a, b) => collator.compare(a[0], b[0]);
    known.sort((a, b) => (down ? compare(b, a) : compare(a, b)));
    return [...known, ...unknown].map(pair => pair[1]);
  };
  const sortable = table => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    const sort = (head, order) => {
      for (const each of heads) each.removeAttribute("aria-sort");
      if (order) head.setAttribute("aria-sort", order);
      const place = heads.indexOf(head);
      body.append(...(order ? ordered(rows, place, head.dataset.sort, order === "descending") : rows));
    };
    for (const head of heads.filter(each => each.dataset.sort)) {
      const orders = head.dataset.sort === "number" ? ["descending", "ascending", ""] : ["ascending", "descending", ""];
      const button = make("button", {type: "button", class: "sort"}, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = (orders.indexOf(head.getAttribute("aria-sort") ?? "") + 1) % orders.length;
        sort(head, orders[next]);
      });
    }
  };

  /* Searching and filtering: rows that do not fit are hidden, and the rest is counted. */
  const searchable = table => {
    const rows = [...table.tBodies[0].rows];
    const texts = new Map(rows.map(row => [row, plain(row.dataset.text ?? row.textContent)]));
    const chosen = new Map();
    const field = make("input", {type: "search", id: `${table.id}-search`, autocomplete: "off", spellcheck: "false"});
    const status = make("p", {role: "status", class: "shown"});
    const reset = make("button", {type: "button", class: "reset"}, "全部显示");
    const show = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const row of rows) {
        const fits = words.every(word => texts.get(row).includes(word)) &&
          [...chosen].every(([facet, code]) => (row.dataset[facet] ?? "").split(" ").includes(code));
        row.hidden = !fits;
        count += fits;
      }
      const all = count === rows.length;
      status.textContent = all ? `共${rows.length}行` : `显示${count}行，共${rows.length}行`;
      reset.hidden = !words.length && !chosen.size;
    };
    const facets = [...document.querySelectorAll(`ul.facets[data-for="${table.id}"]`)];
    for (const list of facets) {
      for (const item of list.querySelectorAll("li[data-value]")) {
        const button = make("button", {type: "button", "aria-pressed": "false"}, ...item.childNodes);
        item.append(button);
        button.addEventListener("click", () => {
          const pressed = button.getAttribute("aria-pressed") !== "true";
          for (const each of list.querySelectorAll("button")) each.setAttribute("aria-pressed", "false");
          button.setAttribute("aria-pressed", String(pressed));
          if (pressed) chosen.set(list.dataset.facet, item.dataset.value);
          else chosen.delete(list.dataset.facet);
          show();
        });
      }
    }
    field.addEventListener("input", show);
    reset.addEventListener("click", () => {
      field.value = "";
      chosen.clear();
      for (const list of facets) for (const each of list.querySelectorAll("button")) each.setAttribute("aria-pressed", "false");
      show();
      field.focus();
    });
    const label = make("label", {for: field.id}, table.dataset.search);
    (table.closest(".table-box") ?? table).before(make("div", {class: "filters", role: "search"}, label, field, reset, status));
    show();
  };

  /* Comparing: two years are chosen, the others are hidden, and the change is told anew. */
  const decimals = text => (text.split(".")[1] ?? "").length;
  const change = (row, from, to) => {
    const cells = [from, to].map(year => row.querySelector(`td[data-year="${year}"]`));
    const absent = cells.filter(cell => cell.classList.contains("absent")).length;
    if (absent === 2) return "无此项";
    const first = Math.min(from, to), last = Math.max(from, to);
    const breaks = (row.dataset.break ?? "").split(" ").filter(Boolean).map(Number);
    if (absent || breaks.some(year => first < year && year <= last)) return "口径不同";
    const open = [...new Set(cells)].filter(cell => !cell.dataset.value);
    if (open.length) {
      return "无法比较：" + open.map(cell => `${cell.dataset.year}年${cell.dataset.words ?? "未知"}`).join("，");
    }
    const [old, now] = cells.map(cell => cell.dataset.value);
    const places = Math.max(decimals(old), decimals(now));
    const difference = Number((Number(now) - Number(old)).toFixed(places));
    const shown = Math.abs(difference).toLocaleString("en-US", {minimumFractionDigits: difference ? places : 0});
    const sign = difference > 0 ? "+" : difference < 0 ? "−" : "";
    return sign + shown + (cells.some(cell => cell.dataset.settled) ? "（推定）" : "");
  };
  const comparable = tables => {
    const years = [...tables[0].querySelectorAll("thead th[data-year]")].map(head => head.dataset.year);
    if (years.length < 2) return;
    const choice = (words, selected) => {
      const id = `compare-${words === "由" ? "from" : "to"}`;
      const select = make("select", {id}, ...years.map(year => make("option", {value: year}, `${year}年`)));
      select.value = selected;
      return [make("label", {for: id}, words), select];
    };
    const [fromLabel, from] = choice("由", years[years.length - 2]);
    const [toLabel, to] = choice("到", years[years.length - 1]);
    const all = make("button", {type: "button", class: "reset", "aria-pressed": "true"}, "显示所有年份");
    const status = make("p", {role: "status", class: "shown"});
    const show = every => {
      all.setAttribute("aria-pressed", String(every));
      for (const table of tables) {
        for (const cell of table.querySelectorAll("[data-year]")) {
          cell.hidden = !every && ![from.value, to.value].includes(cell.dataset.year);
        }
        for (const cell of table.querySelectorAll("td.change")) {
          cell.textContent = change(cell.closest("tr"), Number(from.value), Number(to.value));
        }
        for (const head of table.querySelectorAll("th.change")) head.textContent = `${from.value}—${to.value}年变化`;
      }
      status.textContent = every ? `所有年份；变化：由${from.value}年到${to.value}年` : `${from.value}年与${to.value}年对照`;
    };
    from.addEventListener("change", () => show(false));
    to.addEventListener("change", () => show(false));
    all.addEventListener("click", () => show(all.getAttribute("aria-pressed") !== "true"));
    const legend = make("span", {class: "filters-name", id: "compare-name"}, tables[0].dataset.compare);
    const bar = make("div", {class: "filters", role: "group", "aria-labelledby": "compare-name"}, legend, fromLabel, from, toLabel, to, all, status);
    (tables[0].closest(".table-box") ?? tables[0]).before(bar);
    show(true);
  };

  for (const table of document.querySelectorAll("table.sortable")) sortable(table);
  for (const table of document.querySelectorAll("table[data-search]")) searchable(table);
  const compared = [...document.querySelectorAll("table[data-compare]")];
  if (compared.length) comparable(compared);
})();
