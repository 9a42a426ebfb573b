// What the plain pages gain with a script: the current page is marked, commands can be copied and name this service.

for (const link of document.querySelectorAll('header.site nav a')) {
  const here = location.pathname.replace(/\/?$/, '/');
  if (link.pathname === here) link.setAttribute('aria-current', 'page');
  if (link.pathname === '/docs/problems/' && here.startsWith('/problems/')) link.setAttribute('aria-current', 'true');
}

for (const origin of document.querySelectorAll('[data-origin]')) {
  origin.textContent = location.origin;
}

// Outside of https and loopback a page may not write to the clipboard: then the text is selected, ready for Ctrl-C.
async function copy(text, element) {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied';
  } catch {
    getSelection().selectAllChildren(element);
    return 'Selected';
  }
}

for (const block of document.querySelectorAll('pre.command')) {
  const frame = document.createElement('div');
  frame.className = 'with-copy';
  block.replaceWith(frame);
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    button.textContent = await copy(block.textContent + '\n', block);
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  });
  frame.append(block, button);
}
