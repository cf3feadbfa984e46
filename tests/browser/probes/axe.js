// Runs axe-core, which is on the page already, with the rules of these tags.
tags => axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
  .then(result => result.violations.flatMap(
    found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  ))
