"""One writer per format: each puts a specimen into a folder and returns what to open."""

from corpus.writers import csvs, docx, folder, html, markdown, pdf, text, xlsx

WRITERS = {
    "html": html.write,
    "docx": docx.write,
    "xlsx": xlsx.write,
    "pdf": pdf.write,
    "txt": text.write,
    "md": markdown.write,
    "csv": csvs.write,
    "folder": folder.write,
}
