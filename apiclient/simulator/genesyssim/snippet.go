package genesyssim

import "fmt"

// environment is this stand-in's name in a snippet, where a region's would be.
const environment = "simulator"

// snippetText has the form of contract genesys.md 3, with the bootstrap address and the deployment's id.
const snippetText = `<script type="text/javascript" charset="utf-8">
  (function (g, e, n, es, ys) {
    g['_genesysJs'] = e;
    g[e] = g[e] || function () {
      (g[e].q = g[e].q || []).push(arguments)
    };
    g[e].t = 1 * new Date();
    g[e].c = es;
    ys = document.createElement('script'); ys.async = 1; ys.src = n; ys.charset = 'utf-8'; document.head.appendChild(ys);
  })(window, 'Genesys', '%s/genesys-bootstrap/genesys.min.js', {
    environment: '%s',
    deploymentId: '%s'
  });
</script>`

func snippet(base, deploymentID string) string {
	return fmt.Sprintf(snippetText, base, environment, deploymentID)
}
