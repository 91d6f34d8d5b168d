// The engine in a worker of its own, so that the page stays awake: unpacks the runtime, then answers one message after the other.
const typeOf = name => name.endsWith(".js") ? "text/javascript" : "application/wasm";

// By hand where the browser cannot yet; a call for each of three million letters took half a second.
function bytesOf(packed) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(packed);
  const letters = atob(packed);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place++) bytes[place] = letters.charCodeAt(place);
  return bytes;
}

async function unpack(packed) {
  const bytes = bytesOf(packed);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

async function start(files) {
  const scripts = {};
  for (const name of Object.keys(files).filter(name => name.endsWith(".js"))) {
    scripts[name] = URL.createObjectURL(new Blob([await unpack(files[name])], { type: typeOf(name) }));
  }

  // Without it the runtime takes a worker for one of its own threads.
  self.dotnetSidecar = true;
  const { dotnet } = await import(scripts["dotnet.js"]);
  const load = (_, name) => name.endsWith(".js") ? scripts[name]
    : unpack(files[name]).then(bytes => new Response(bytes, { headers: { "Content-Type": typeOf(name) } }));
  const runtime = await dotnet.withResourceLoader(load).create();
  const { Gradus } = await runtime.getAssemblyExports(runtime.getConfig().mainAssemblyName);
  return Gradus.Studio.Browser.Program.Answer;
}

let answer;
self.onmessage = async ({ data }) => {
  try {
    if (data.files) {
      answer = await start(data.files);
      self.postMessage({ isReady: true });
    } else {
      self.postMessage({ number: data.number, answer: answer(data.message) });
    }
  } catch (fault) {
    self.postMessage({ number: data.number, fault: String(fault) });
  }
};
