// Reads the API.

const BASE = "/api/zeroops/";
const TIMEOUT_MS = 10000;

export async function read(path) {
  const response = await fetch(BASE + path, { signal: AbortSignal.timeout(TIMEOUT_MS), cache: "no-store" });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? response.status + " " + response.statusText);
  }
  return response.json();
}

/**
 * Reads again and again, the next time only after the last is done, and not while nobody looks.
 *
 * @param work may fail: it is then tried again as usual
 */
export function repeat(everyMs, work) {
  const round = async () => {
    if (!document.hidden) await work().catch(() => {});
    setTimeout(round, everyMs);
  };
  round();
}

const RETRY_MS = 2000;

/**
 * Listens to decisions as they change, and for ever: a server that was stopped is tried until it is back.
 *
 * @param onState is told true with each connection, and false once it is lost
 */
export function listen(onDecision, onState) {
  const source = new EventSource(BASE + "operations/decisions/stream");
  source.addEventListener("open", () => onState(true));
  source.addEventListener("decision", event => onDecision(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    onState(false);
    if (source.readyState === EventSource.CLOSED) { // it was answered, but not with a stream
      setTimeout(() => listen(onDecision, onState), RETRY_MS);
    }
  });
}
