"use strict";
(() => {
  const view = document.getElementById("view");
  const drawing = view.querySelector("svg");
  const width = drawing.viewBox.baseVal.width;
  const height = drawing.viewBox.baseVal.height;
  const boxes = [...drawing.querySelectorAll(".box[data-key]")];
  const arrows = [...drawing.querySelectorAll("[data-from]")];
  const spots = [...document.querySelectorAll(".spot")];
  const least = 0.2;
  const most = 4;
  let scale = 1;

  // Size: the drawing is a picture in a scrolling frame, so moving it is what the browser does anyway.

  function fitting() {
    return Math.min(Math.max((view.clientWidth - 2) / width, 0.55), 1.2);
  }

  function resize(wanted, x = view.clientWidth / 2, y = view.clientHeight / 2) {
    const next = Math.min(Math.max(wanted, least), most);
    const ratio = next / scale;
    const left = (view.scrollLeft + x) * ratio - x;
    const top = (view.scrollTop + y) * ratio - y;
    scale = next;
    drawing.style.width = `${width * scale}px`;
    drawing.style.height = `${height * scale}px`;
    view.scrollLeft = left;
    view.scrollTop = top;
    document.getElementById("scale").textContent = `${Math.round(scale * 100)}%`;
  }

  function fit() {
    resize(fitting());
    view.scrollLeft = Math.max((view.scrollWidth - view.clientWidth) / 2, 0);
  }

  document.getElementById("zoom-in").addEventListener("click", () => resize(scale * 1.25));
  document.getElementById("zoom-out").addEventListener("click", () => resize(scale / 1.25));
  document.getElementById("zoom-fit").addEventListener("click", fit);
  view.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") resize(scale * 1.25);
    else if (event.key === "-" || event.key === "_") resize(scale / 1.25);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = view.getBoundingClientRect();
    resize(scale * Math.exp(-event.deltaY / 400), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });

  let held = null;
  let dragged = false;
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    held = { x: event.clientX + view.scrollLeft, y: event.clientY + view.scrollTop };
    dragged = false;
  });
  window.addEventListener("pointermove", (event) => {
    if (!held) return;
    const left = held.x - event.clientX;
    const top = held.y - event.clientY;
    if (Math.abs(left - view.scrollLeft) + Math.abs(top - view.scrollTop) > 4) {
      dragged = true;
      view.classList.add("held");
    }
    if (dragged) {
      view.scrollLeft = left;
      view.scrollTop = top;
    }
  });
  window.addEventListener("pointerup", () => {
    held = null;
    view.classList.remove("held");
  });

  // Choosing: the address names a box (#box-m3) or an entry (#m3); both are marked, with their arrows.

  function choose() {
    const key = decodeURIComponent(location.hash.slice(1)).replace(/^box-/, "");
    const box = boxes.find((one) => one.dataset.key === key);
    document.body.classList.toggle("chosen", Boolean(box));
    for (const one of boxes) one.classList.toggle("on", one === box);
    for (const one of spots) one.classList.toggle("on", one.id === key);
    for (const one of arrows) {
      one.classList.toggle("out", one.dataset.from === key);
      one.classList.toggle("in", one.dataset.to === key);
    }
    const entry = spots.find((one) => one.id === key);
    if (box) centre(box);
    if (entry && location.hash === `#${key}`) entry.focus({ preventScroll: true });
  }

  function centre(box) {
    const frame = view.getBoundingClientRect();
    const there = box.getBoundingClientRect();
    view.scrollLeft += there.left + there.width / 2 - frame.left - frame.width / 2;
    view.scrollTop += there.top + there.height / 2 - frame.top - frame.height / 2;
  }

  drawing.addEventListener("click", (event) => {
    const box = event.target.closest(".box[data-key]");
    if (!box || dragged) return;
    if (location.hash === `#${box.dataset.key}`) choose();
    location.hash = box.dataset.key;
  });
  window.addEventListener("hashchange", choose);

  // Search: entries that do not have every word are left out, boxes that do stand out.

  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const texts = new Map(spots.map((one) => [one, one.textContent.toLowerCase()]));
  search.addEventListener("input", () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const kept = new Set();
    for (const [one, text] of texts) {
      const has = words.every((word) => text.includes(word));
      one.hidden = !has;
      if (has) kept.add(one.id);
    }
    document.body.classList.toggle("searching", words.length > 0);
    for (const one of boxes) one.classList.toggle("hit", words.length > 0 && kept.has(one.dataset.key));
    for (const group of document.querySelectorAll(".group")) {
      const inside = [...group.querySelectorAll(".spot")];
      group.hidden = inside.length ? inside.every((one) => one.hidden) : words.length > 0;
    }
    const first = boxes.find((one) => one.classList.contains("hit"));
    if (first) centre(first);
    found.textContent = words.length ? `${kept.size} of ${spots.length} found` : "";
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && search.value) {
      search.value = "";
      search.dispatchEvent(new Event("input"));
    }
  });

  fit();
  choose();
})();
