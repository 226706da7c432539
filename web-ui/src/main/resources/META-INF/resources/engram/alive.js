// Says when the page's own server does not answer: what is seen then stands still, and looks as if it were the present.
const EVERY = 5000, PATIENCE = 4000, MISSES = 2;
let missed = 0, notice;

async function ask() {
  if (document.hidden) return;
  try {
    await fetch('engram/icon.svg', { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    missed = 0;
  } catch {
    missed++;
  }
  show(missed >= MISSES);
}

function show(away) {
  if (away && !notice) {
    notice = document.createElement('div');
    notice.className = 'server-away';
    notice.setAttribute('role', 'alert');
    notice.textContent = 'Engram does not answer: what you see may be old. Trying again …';
    document.body.append(notice);
  }
  if (!away && notice) {
    notice.remove();
    notice = undefined;
  }
}

setInterval(ask, EVERY);
