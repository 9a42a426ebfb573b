// Draws the API reference from this service's own description. It asks nobody else: no fonts, no proxy, no counters.

// The languages of the examples; those of the component that are not named here are hidden.
const languages = ['shell', 'js', 'java', 'swift', 'go', 'php', 'python', 'http', 'c', 'csharp', 'objc', 'ruby', 'ocaml',
  'dart', 'r'];
const others = ['clojure', 'fsharp', 'julia', 'kotlin', 'node', 'powershell', 'rust'];

Scalar.createApiReference('#main', {
  url: '/openapi.json',
  hiddenClients: Object.fromEntries([...languages.map(each => [each, false]), ...others.map(each => [each, true])]),
  defaultHttpClient: {targetKey: 'shell', clientKey: 'curl'},
  authentication: {preferredSecurityScheme: 'bearer'},
  agent: {disabled: true},
  mcp: {disabled: true},
  defaultOpenAllTags: true,
  documentDownloadType: 'none',  // The page's own header links it.
  hideClientButton: true,
  hideDarkModeToggle: true,      // All pages follow the reader's system.
  persistAuth: false,            // A token is forgotten with the page.
  showDeveloperTools: 'never',
  telemetry: false,
  withDefaultFonts: false,
});
