// What stands below a chart: two buttons that press plotly's own for a picture in the format asked for, and an ear for
// clicks on points, which Streamlit does not pass on while a drag chooses.
export default function ({ parentElement, data, setTriggerValue }) {
  const box = parentElement.closest(`.st-key-${data.chart}`);
  const plot = () => box.querySelector(".js-plotly-plot");
  drawButtons(parentElement, data.titles, (format) => {
    Object.assign(plot()._context.toImageButtonOptions, { format });
    plot().querySelector(".modebar-btn").click();
  });
  if (!data.hears) return;
  const listen = () => {
    const drawn = plot();
    if (!drawn?.on || drawn.isHeard) return;
    drawn.isHeard = true;
    drawn.on("plotly_click", ({ points }) => box.clicked(points[0].customdata));
  };
  box.clicked = (value) => typeof value === "string" && setTriggerValue("clicked", value);
  const observer = new MutationObserver(listen);
  observer.observe(box, { childList: true, subtree: true });
  listen();
  return () => observer.disconnect();
}

function drawButtons(parent, titles, take) {
  const row = parent.querySelector(".pn-take") ?? document.createElement("div");
  row.className = "pn-take";
  row.replaceChildren(...Object.entries(titles).map(([format, title]) => drawButton(format, title, take)));
  parent.append(row);
}

function drawButton(format, title, take) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = format.toUpperCase();
  button.title = title;
  button.setAttribute("aria-label", title);
  button.onclick = () => take(format);
  return button;
}
