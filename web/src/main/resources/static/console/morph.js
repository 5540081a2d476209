// An htmx swap that changes only what differs, so that focus, scroll, selection and opened folds stay.

(() => {
  function keyOf(node) {
    return node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset?.key || '' : '';
  }

  function alike(before, after) {
    return before.nodeType === after.nodeType && before.nodeName === after.nodeName && keyOf(before) === keyOf(after);
  }

  // What the reader, not the server, decides: whether a fold is open, what is typed or ticked, which row is chosen.
  function readersOwn(element, name) {
    return (name === 'open' && element.nodeName === 'DETAILS')
      || ((name === 'value' || name === 'checked') && element.nodeName === 'INPUT')
      || name === 'title' && element.nodeName === 'TIME';
  }

  function copyAttributes(before, after) {
    for (const { name } of [...before.attributes]) {
      if (!after.hasAttribute(name) && !readersOwn(before, name)) {
        before.removeAttribute(name);
      }
    }
    for (const { name, value } of after.attributes) {
      if (before.getAttribute(name) !== value && !readersOwn(before, name)) {
        before.setAttribute(name, value);
      }
    }
  }

  function morph(before, after) {
    if (before.nodeType !== Node.ELEMENT_NODE) {
      if (before.nodeValue !== after.nodeValue) {
        before.nodeValue = after.nodeValue;
      }
      return;
    }
    const chosen = before.dataset?.row !== undefined && before.classList.contains('chosen');
    copyAttributes(before, after);
    if (chosen) {
      before.classList.add('chosen');
    }
    morphChildren(before, after);
  }

  function dropGone(before, after) {
    const arriving = new Set([...after.childNodes].map(keyOf));
    for (const child of [...before.childNodes]) {
      if (!arriving.has(keyOf(child))) {
        child.remove();
      }
    }
  }

  function morphChildren(before, after) {
    dropGone(before, after);
    let place = before.firstChild;
    for (const child of [...after.childNodes]) {
      let match = place;
      while (match && !alike(match, child)) {
        match = keyOf(child) === '' ? null : match.nextSibling;
      }
      if (!match) {
        before.insertBefore(child, place);
        continue;
      }
      // What is moved loses its focus: rather drop what stands before it and has no key.
      while (place !== match && keyOf(place) === '') {
        const rest = place.nextSibling;
        place.remove();
        place = rest;
      }
      if (match !== place) {
        before.insertBefore(match, place);
      }
      else {
        place = place.nextSibling;
      }
      morph(match, child);
    }
    while (place) {
      const rest = place.nextSibling;
      place.remove();
      place = rest;
    }
  }

  htmx.defineExtension('morph', {
    isInlineSwap: (style) => style === 'morph',
    handleSwap(style, target, fragment) {
      if (style !== 'morph') {
        return false;
      }
      const arrived = fragment.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? fragment.firstElementChild : fragment;
      if (!arrived) {
        return [];
      }
      morph(target, arrived);
      return [target];
    },
  });
})();
