// What a person could not read or reach on the page as it stands: an expression for the browser's console, evaluated by DisplayPageTest.
(() => {
  const name = node => (node.id ? '#' + node.id : node.className ? '.' + node.className : node.tagName) + ' "' + node.textContent.trim().slice(0, 30) + '"';
  const isSeen = node => node.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && !node.closest('.spoken, #veil, svg') && getComputedStyle(node).clipPath === 'none';
  const hasText = node => [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim() !== '');
  const leaves = [...document.body.querySelectorAll('*')].filter(node =>
    isSeen(node) && (hasText(node) || node.matches('button, input, canvas, .ramp')));
  const found = [];

  const sticksOut = (inner, outer) => inner.left < outer.left - 1 || inner.top < outer.top - 1
      || inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1;
  const screen = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
  for (const node of leaves) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = node.getBoundingClientRect();
    const text = hasText(node) ? range.getBoundingClientRect() : box;
    if (box.width < 2 || box.height < 2) {
      found.push(`${name(node)} has no room`);
    } else if (sticksOut(box, screen) || sticksOut(text, screen)) {
      found.push(`${name(node)} lies outside of the screen`);
    }
    for (let around = node; around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.overflow !== 'visible' && style.display !== 'contents' && sticksOut(text, around.getBoundingClientRect())) {
        found.push(`${name(node)} is cut by ${name(around)}`);
      }
    }
    if (hasText(node) && sticksOut(text, node.closest('button, section, article, header, li, figure')?.getBoundingClientRect() ?? screen)) {
      found.push(`${name(node)} sticks out of its frame`);
    }
    const at = document.elementFromPoint((text.left + text.right) / 2, (text.top + text.bottom) / 2);
    if (at && !node.contains(at) && !at.contains(node)) {
      found.push(`${name(node)} is hidden by ${name(at)}`);
    }
  }

  const lines = leaves.filter(hasText).flatMap(node => [...node.childNodes].filter(child => child.nodeType === Node.TEXT_NODE).flatMap(child => {
    const range = document.createRange();
    range.selectNodeContents(child);
    return [...range.getClientRects()].map(box => ({node, box}));
  }));
  lines.forEach((a, x) => lines.slice(x + 1).filter(b => b.node !== a.node && !a.node.contains(b.node) && !b.node.contains(a.node)
      && Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 2
      && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 4)
      .forEach(b => found.push(`${name(a.node)} and ${name(b.node)} lie on each other`)));
  if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) {
    found.push(`the page of ${document.documentElement.scrollWidth} x ${document.documentElement.scrollHeight} has to be scrolled`);
  }
  return [...new Set(found)];
})()
