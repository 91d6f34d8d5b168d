// A page of a graph within this one: without its heading, which stands around it, and with the whole run to be seen.

const withoutHeading = "<style>header { display: none; } body { padding: .8rem; }</style></head>";
// The end of a script, written so that it does not end the one that it is written in.
const atTheEnd = "<script>show(steps.length);<\/script></body>";

/** @param {HTMLIFrameElement} frame @param {string} html @param {string} title */
export function showInFrame(frame, html, title) {
  frame.title = title;
  frame.srcdoc = html.replace("</head>", withoutHeading).replace("</body>", atTheEnd);
}
