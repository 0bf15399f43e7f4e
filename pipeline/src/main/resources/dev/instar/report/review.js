"use strict";
(() => {
  const PAGE = 200;
  const data = JSON.parse(document.getElementById("pictures").textContent);
  const pictures = data.pictures;
  const element = (id) => document.getElementById(id);
  const grid = element("grid");
  const large = element("large");

  // What was marked outlives the page where the browser keeps anything for it.
  const place = "instar-review " + location.pathname;
  const kept = () => {
    try { return JSON.parse(localStorage.getItem(place)) || []; } catch (e) { return []; }
  };
  const names = new Set(pictures.map((picture) => picture.name));
  const marked = new Set(kept().filter((name) => names.has(name)));
  const keep = () => {
    try { localStorage.setItem(place, JSON.stringify([...marked])); } catch (e) { /* private window */ }
  };

  const score = (picture) => (picture.boxes.length ? picture.boxes[0][4] : -1);
  const area = (picture) =>
    picture.boxes.length ? (picture.boxes[0][2] * picture.boxes[0][3]) / (picture.width * picture.height) : -1;
  const orders = {
    suspicious: null,
    "lowest score": (a, b) => score(a) - score(b),
    "highest score": (a, b) => score(b) - score(a),
    "largest box": (a, b) => area(b) - area(a),
    "smallest box": (a, b) => area(a) - area(b),
    name: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  };

  const filters = [["all", () => true]];
  data.reasons.forEach((reason) => filters.push([reason, (picture) => picture.reasons.includes(reason)]));
  data.qualities.forEach((quality) => filters.push([quality, (picture) => picture.quality === quality]));
  filters.push(["marked", (picture) => marked.has(picture.name)]);

  let filter = filters[0];
  let shown = pictures;
  let first = 0;
  let at = 0;

  const make = (tag, style, text) => {
    const made = document.createElement(tag);
    if (style) made.className = style;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // A name must not look like another one: marks that turn the direction of text are shown.
  const safe = (name) => name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

  const rectangle = (box, style) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    ["x", "y", "width", "height"].forEach((side, i) => made.setAttribute(side, box[i]));
    made.setAttribute("class", style);
    return made;
  };

  const frameOf = (picture, lazy) => {
    const frame = make("div", "frame");
    const image = make("img");
    if (lazy) image.loading = "lazy";
    image.alt = "Photograph " + safe(picture.name);
    image.addEventListener("error", () => image.replaceWith(make("span", "missing", "the picture is not here")));
    image.src = picture.source;
    const boxes = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    boxes.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
    boxes.setAttribute("aria-hidden", "true");
    if (picture.crop) boxes.append(rectangle(picture.crop, "crop"));
    picture.boxes.slice().reverse().forEach((box, i, all) => boxes.append(rectangle(box, i === all.length - 1 ? "box" : "other")));
    frame.append(image, boxes);
    return frame;
  };

  const saidOf = (picture) =>
    [picture.boxes.length ? "score " + score(picture).toFixed(2) : "no box", picture.quality].filter(Boolean).join(" \u00b7 ");

  const cardOf = (picture, index) => {
    const card = make("figure", marked.has(picture.name) ? "marked" : "");
    const caption = make("figcaption");
    caption.append(make("strong", "", safe(picture.name)), make("span", "", saidOf(picture)));
    picture.reasons.forEach((reason) => caption.append(make("i", "why", reason)));
    card.append(frameOf(picture, true), caption);
    card.addEventListener("click", () => goTo(index));
    card.addEventListener("dblclick", enlarge);
    return card;
  };

  const count = (number) => number.toLocaleString("en-US");

  const label = () => {
    element("marks").textContent = count(marked.size);
    element("save").disabled = element("copy").disabled = element("clear").disabled = marked.size === 0;
    [...element("filters").children].forEach((button, i) => {
      button.setAttribute("aria-pressed", String(filters[i] === filter));
      button.lastChild.textContent = count(pictures.filter(filters[i][1]).length);
    });
  };

  const show = () => {
    grid.replaceChildren(...shown.slice(first, first + PAGE).map((picture, i) => cardOf(picture, first + i)));
    const last = Math.min(first + PAGE, shown.length);
    element("range").textContent = shown.length ? `${count(first + 1)} to ${count(last)} of ${count(shown.length)}` : "none";
    element("before").disabled = first === 0;
    element("after").disabled = last === shown.length;
    label();
  };

  const choose = () => {
    const order = orders[element("order").value];
    shown = pictures.filter(filter[1]);
    if (order) shown.sort(order); // stable: equal ones stay as suspicious as they are
    first = 0;
    at = 0;
    show();
    goTo(0, true);
  };

  const goTo = (index, still) => {
    if (!shown.length) return;
    at = Math.max(0, Math.min(index, shown.length - 1));
    if (at < first || at >= first + PAGE) {
      first = at - (at % PAGE);
      show();
    }
    grid.querySelectorAll(".at").forEach((card) => card.classList.remove("at"));
    const card = grid.children[at - first];
    card.classList.add("at");
    if (!still) card.scrollIntoView({ block: "nearest" });
    if (large.open) enlarge();
  };

  const mark = () => {
    if (!shown.length) return;
    const name = shown[at].name;
    if (!marked.delete(name)) marked.add(name);
    grid.children[at - first].classList.toggle("marked", marked.has(name));
    keep();
    label();
    if (large.open) enlarge();
  };

  const enlarge = () => {
    const picture = shown[at];
    const said = make("p", "", `${safe(picture.name)} \u00b7 ${saidOf(picture)}${marked.has(picture.name) ? " \u00b7 marked" : ""}`);
    large.replaceChildren(frameOf(picture, false), said);
    if (!large.open) large.showModal();
  };

  const quoted = (text) => (/[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  const list = () => {
    const rows = pictures
      .filter((picture) => marked.has(picture.name))
      .map((picture) => [picture.name, picture.boxes.length ? String(score(picture)) : "", picture.quality, picture.reasons.join("; ")]);
    return [["file", "score", "quality", "reasons"], ...rows].map((row) => row.map(quoted).join(",") + "\n").join("");
  };

  filters.forEach((each) => {
    const button = make("button", "", each[0] + " ");
    button.append(make("b"));
    button.addEventListener("click", () => { filter = each; choose(); });
    element("filters").append(button);
  });
  Object.keys(orders).forEach((name) => element("order").append(make("option", "", name)));
  element("order").addEventListener("change", choose);
  element("before").addEventListener("click", () => goTo(first - PAGE));
  element("after").addEventListener("click", () => goTo(first + PAGE));
  element("save").addEventListener("click", () => {
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([list()], { type: "text/csv" }));
    link.download = "marked.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  element("copy").addEventListener("click", () => {
    const text = pictures.filter((picture) => marked.has(picture.name)).map((picture) => picture.name + "\n").join("");
    navigator.clipboard.writeText(text).catch(() => window.prompt("The marked names:", text.replace(/\n/g, " ")));
  });
  element("clear").addEventListener("click", () => { marked.clear(); keep(); choose(); });

  const keys = {
    j: () => goTo(at + 1),
    ArrowRight: () => goTo(at + 1),
    k: () => goTo(at - 1),
    ArrowLeft: () => goTo(at - 1),
    ArrowDown: () => goTo(at + perRow()),
    ArrowUp: () => goTo(at - perRow()),
    x: () => mark(),
    n: () => goTo(first + PAGE),
    p: () => goTo(first - PAGE),
    Enter: () => (large.open ? large.close() : shown.length && enlarge()),
  };
  const perRow = () => {
    const cards = [...grid.children];
    const below = cards.findIndex((card) => card.offsetTop > cards[0].offsetTop);
    return below < 0 ? cards.length : below;
  };
  document.addEventListener("keydown", (event) => {
    const key = keys[event.key];
    if (!key || event.ctrlKey || event.metaKey || event.altKey || /^(SELECT|BUTTON)$/.test(event.target.tagName)) return;
    event.preventDefault();
    key();
  });
  choose();
})();
