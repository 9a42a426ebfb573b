// Draws the API reference from this service's own description. It asks nobody else: no fonts, no proxy, no counters.

// The languages of the examples; those of the component that are not named here are hidden.
const languages = ['shell', 'js', 'java', 'swift', 'go', 'php', 'python', 'http', 'c', 'csharp', 'objc', 'ruby', 'ocaml',
  'dart', 'r'];
const others = ['clojure', 'fsharp', 'julia', 'kotlin', 'node', 'powershell', 'rust'];

// The component would send every optional parameter that has an example, a default or choices (then the first of them),
// and so find nothing in a list that is filtered by all of them: the value stays to be seen, and is sent when the reader
// ticks it.
function unticked(parameter) {
  const value = parameter.example ?? parameter.schema?.default ?? parameter.schema?.enum?.[0];
  if (parameter.required || value === undefined) return parameter;
  const {example, ...rest} = parameter;
  return {...rest, examples: {example: {value, 'x-disabled': true}}};
}

// A parameter that operations share would also share what the reader types: an If-Match of one would be sent by all.
function withOwnParameters(description) {
  const shared = description.components.parameters ?? {};
  const own = ({$ref, ...parameter}) => structuredClone($ref ? shared[$ref.split('/').at(-1)] : parameter);
  for (const operation of Object.values(description.paths).flatMap(path => Object.values(path))) {
    if (operation.parameters) operation.parameters = operation.parameters.map(each => unticked(own(each)));
  }
  return description;
}

// By tag the operations stand in the order of the service's own table, not in that of their paths.
function placesOf(description) {
  const places = new Map();
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) places.set(`${method} ${path}`, operation['x-order']);
  }
  return ({method, path}) => places.get(`${method.toLowerCase()} ${path}`);
}

function draw(description) {
  const place = placesOf(description);
  Scalar.createApiReference('#main', {
    content: description,
    hiddenClients: Object.fromEntries([...languages.map(each => [each, false]), ...others.map(each => [each, true])]),
    defaultHttpClient: {targetKey: 'shell', clientKey: 'curl'},
    authentication: {preferredSecurityScheme: 'bearer'},
    agent: {disabled: true},
    mcp: {disabled: true},
    defaultOpenAllTags: true,
    operationsSorter: (left, right) => place(left) - place(right),
    documentDownloadType: 'none',  // The page's own header links it.
    hideClientButton: true,
    hideDarkModeToggle: true,      // All pages follow the reader's system.
    persistAuth: false,            // A token is forgotten with the page.
    showDeveloperTools: 'never',
    telemetry: false,
    withDefaultFonts: false,
  });
}

function excuse(error) {
  const notice = document.createElement('p');
  notice.className = 'notice';
  notice.textContent = `The description at /openapi.json could not be read: ${error.message}. Reload the page to try again.`;
  document.querySelector('#main').append(notice);
}

async function readDescription() {
  const answer = await fetch('/openapi.json');
  if (!answer.ok) throw new Error(`it answered ${answer.status}`);
  return answer.json();
}

readDescription().then(description => draw(withOwnParameters(description))).catch(excuse);
