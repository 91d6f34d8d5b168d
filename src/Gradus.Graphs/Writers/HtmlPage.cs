namespace Gradus.Graphs;

/// <summary>The page around a picture and its steps.</summary>
internal static class HtmlPage
{
    public const string Text = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title}</title>
        <style>
        :root { color-scheme: light dark; --ink: #0f172a; --page: #ffffff; --soft: #f1f5f9; --line: #cbd5e1; --forward: #1d4ed8; --backward: #c2410c; }
        @media (prefers-color-scheme: dark) { :root { --ink: #f1f5f9; --page: #0f172a; --soft: #1e293b; --line: #475569; --forward: #7dd3fc; --backward: #fdba74; } }
        body { margin: 0 auto; padding: 1.5rem; max-width: 90rem; color: var(--ink); background: var(--page); font: 16px/1.5 "Inter", "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
        h1 { font-size: 1.2rem; font-weight: 600; margin: 0 0 1rem; }
        .controls { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
        button { font: inherit; min-width: 2.75rem; padding: .35rem .8rem; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: .5rem; cursor: pointer; }
        button:disabled { opacity: .45; cursor: default; }
        input[type=range] { flex: 1; min-width: 12rem; accent-color: var(--forward); }
        :focus-visible { outline: 3px solid var(--forward); outline-offset: 2px; }
        #now { min-height: 3.2em; margin: 1rem 0; padding: .75rem 1rem; background: var(--soft); border-left: 4px solid var(--forward); border-radius: .25rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        #now.back { border-color: var(--backward); }
        .picture { overflow-x: auto; }
        .picture .later { visibility: hidden; }
        .picture .now .head { stroke: var(--forward); stroke-width: 3.5; }
        .picture .back .head { stroke: var(--backward); }
        .picture .now .symbol { font-weight: 600; }
        .picture .edge.now .wire { stroke: var(--backward); stroke-width: 3; }
        .picture .edge.now .arrow { fill: var(--backward); }
        li { cursor: pointer; overflow-wrap: anywhere; }
        li[aria-current] { font-weight: 600; }
        kbd { padding: 0 .3rem; border: 1px solid var(--line); border-radius: .25rem; font-size: .85em; }
        </style>
        </head>
        <body>
        <h1>{title}</h1>
        <div class="controls">
        <button id="first" aria-label="To the beginning">|◀</button>
        <button id="back" aria-label="One step back">◀</button>
        <button id="next" aria-label="One step on">▶</button>
        <button id="last" aria-label="To the end">▶|</button>
        <input id="slider" type="range" min="0" max="{last}" value="0" aria-label="Step">
        <output id="count" for="slider"></output>
        </div>
        <p id="now" role="status" aria-live="polite"></p>
        <div class="picture" tabindex="0" role="region" aria-label="The graph">
        {picture}</div>
        <p>Keys: <kbd>←</kbd> <kbd>→</kbd> step, <kbd>Home</kbd> <kbd>End</kbd> jump.</p>
        <details><summary>All steps as text</summary><ol id="list">
        {list}</ol></details>
        <script>
        "use strict";
        const steps = {steps};
        const find = id => document.getElementById(id);
        const [slider, now, list] = [find("slider"), find("now"), find("list")];
        const label = (node, kind) => document.querySelector(`#n${node} .label.${kind}`);
        let at = 0;

        function write(element, text) {
          if (!element) return;
          element.classList.remove("later");
          element.lastChild.nodeValue = text;
        }

        function show(step) {
          at = Math.max(0, Math.min(steps.length, step));
          document.querySelectorAll(".picture .label").forEach(element => element.classList.add("later"));
          document.querySelectorAll(".picture .now").forEach(element => element.classList.remove("now", "back"));
          for (const done of steps.slice(0, at)) write(label(done.target, done.back ? "gradient" : "value"), done.result);
          const current = steps[at - 1];
          now.textContent = current ? current.text : "Nothing is computed yet. Step on to begin with forward propagation.";
          now.className = current?.back ? "back" : "";
          if (current) {
            find("n" + current.node).classList.add("now", ...(current.back ? ["back"] : []));
            find("n" + current.node).scrollIntoView({ block: "nearest", inline: "nearest" });
            if (current.input !== undefined) find(`e${current.node}-${current.input}`).classList.add("now");
          }
          [...list.children].forEach((item, index) => index === at - 1 ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current"));
          slider.value = at;
          slider.setAttribute("aria-valuetext", now.textContent);
          find("count").textContent = `${at} of ${steps.length}`;
          find("first").disabled = find("back").disabled = at === 0;
          find("last").disabled = find("next").disabled = at === steps.length;
        }

        find("first").onclick = () => show(0);
        find("back").onclick = () => show(at - 1);
        find("next").onclick = () => show(at + 1);
        find("last").onclick = () => show(steps.length);
        slider.oninput = () => show(Number(slider.value));
        list.onclick = event => { const item = event.target.closest("li"); if (item) show([...list.children].indexOf(item) + 1); };
        document.addEventListener("keydown", event => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          const step = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: steps.length }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          show(step);
        });
        show(Number(location.hash.slice(1)) || 0);
        </script>
        </body>
        </html>

        """;
}
