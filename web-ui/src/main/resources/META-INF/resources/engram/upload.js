// <engram-upload>: one file, dropped or chosen, sent by PUT to `upload`. Fires `uploaded` with its name in the store.
// What broke off by no fault of the file can be sent again by a press of a button.
const MOST_BYTES = 5 * 2 ** 30;
const PASSES = [0, 400, 408, 429, 502, 503, 504, 507];
customElements.define('engram-upload', class extends HTMLElement {
  connectedCallback() {
    if (this.words) return;
    const given = Object.hasOwn(this, 'file') ? this.file : '';
    delete this.file;
    this.input = document.createElement('input');
    this.input.type = 'file';
    this.input.accept = '.safetensors,.pt,.pth,.ckpt,.bin,.tar,.pkl';
    const label = document.createElement('label');
    label.className = 'choose';
    label.append('Choose a file, or drop it here', this.input);
    this.bar = document.createElement('progress');
    this.bar.hidden = true;
    this.bar.setAttribute('aria-label', 'Upload');
    this.words = document.createElement('span');
    this.words.setAttribute('aria-live', 'polite');
    this.give = document.createElement('button');
    this.give.type = 'button';
    this.give.textContent = 'Give up';
    this.give.hidden = true;
    this.give.addEventListener('click', () => this.request?.abort());
    this.again = document.createElement('button');
    this.again.type = 'button';
    this.again.textContent = 'Send it again';
    this.again.hidden = true;
    this.again.addEventListener('click', () => this.send(this.unsent));
    this.append(label, this.bar, this.words, this.give, this.again);
    this.input.addEventListener('change', () => this.input.files[0] && this.send(this.input.files[0]));
    this.addEventListener('dragover', event => { event.preventDefault(); this.dataset.over = ''; });
    this.addEventListener('dragleave', () => delete this.dataset.over);
    this.addEventListener('drop', event => {
      event.preventDefault();
      delete this.dataset.over;
      if (event.dataTransfer.files[0]) this.send(event.dataTransfer.files[0]);
    });
    this.file = given;
  }

  set file(name) {
    this.named = name;
    if (this.words && name) this.words.textContent = name + ' is in the store.';
  }
  get file() { return this.named; }

  send(file) {
    const request = new XMLHttpRequest();
    this.request = request;
    const ended = (text, status) => {
      this.bar.hidden = this.give.hidden = true;
      this.unsent = PASSES.includes(status) ? file : null;
      this.again.hidden = !this.unsent;
      this.words.textContent = text;
      this.input.value = '';
    };
    if (file.size === 0) return ended(file.name + ' is empty.');
    if (file.size > MOST_BYTES) return ended(file.name + ' has more than 5 GiB, which is the most that can be uploaded: put it into a bucket and give its S3 name.');
    request.open('PUT', 'upload');
    request.upload.addEventListener('progress', event => {
      this.bar.max = event.total;
      this.bar.value = event.loaded;
      this.words.textContent = file.name + ', ' + Math.floor(100 * event.loaded / event.total) + ' %';
    });
    request.addEventListener('load', () => {
      if (request.status !== 200) return ended(request.responseText || 'The page refused the file (HTTP ' + request.status + ').', request.status);
      ended(file.name + ' is in the store.');
      this.dispatchEvent(new CustomEvent('uploaded', { detail: { upload: JSON.parse(request.responseText).upload, file: file.name } }));
    });
    request.addEventListener('error', () => ended('The upload of ' + file.name + ' broke off; is the page still there?', 0));
    request.addEventListener('abort', () => ended('Given up; nothing was kept.', 0));
    this.again.hidden = true;
    this.bar.hidden = this.give.hidden = false;
    this.bar.value = 0;
    this.words.textContent = file.name;
    request.send(file);
  }
});
