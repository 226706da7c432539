// <engram-figure>: one ECharts figure. Java sets `option` (JSON), `csv` and `name`. Colors are written as var(--name) and
// resolved here, so that a figure follows the system's light or dark setting.
import './echarts.min.js';

const echarts = globalThis.echarts;

const shapes = {
  // Area between two values of each category: data rows [category, low, high]; drawn once, as a polygon.
  band(params, api) {
    if (params.context.drawn) return;
    params.context.drawn = true;
    const rows = params.dataInsideLength;
    const upper = [], lower = [];
    for (let i = 0; i < rows; i++) {
      const x = api.value(0, i);
      if (Number.isNaN(api.value(1, i))) continue;
      upper.push(api.coord([x, api.value(2, i)]));
      lower.unshift(api.coord([x, api.value(1, i)]));
    }
    return { type: 'polygon', shape: { points: [...upper, ...lower] }, style: { fill: api.visual('color'), opacity: 0.16 }, silent: true };
  },
  // Interval of a horizontal bar: data rows [low, high, category].
  whisker(params, api) {
    const low = api.coord([api.value(0), api.value(2)]), high = api.coord([api.value(1), api.value(2)]);
    const style = { stroke: api.visual('color'), lineWidth: 1.5 };
    const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
    return { type: 'group', silent: true, children: [line(low[0], low[1], high[0], high[1]),
      line(low[0], low[1] - 5, low[0], low[1] + 5), line(high[0], high[1] - 5, high[0], high[1] + 5)] };
  },
  // Half a violin: data rows [category, side (-1 left, 1 right), share of each of the bins of [0, 1] ...].
  violin(params, api) {
    const category = api.value(0), side = api.value(1), bins = params.encode.y.length;
    const half = api.size([1, 0])[0] * 0.46;
    let most = 0;
    for (let i = 0; i < bins; i++) most = Math.max(most, api.value(2 + i));
    const at = (i, share) => { const p = api.coord([category, i / bins]); return [p[0] + side * half * share, p[1]]; };
    const points = [at(0, 0)];
    for (let i = 0; i < bins; i++) {
      const share = most > 0 ? api.value(2 + i) / most : 0;
      points.push(at(i, share), at(i + 1, share));
    }
    points.push(at(bins, 0));
    return { type: 'polygon', shape: { points }, style: { fill: api.visual('color'), opacity: 0.8 } };
  },
};

customElements.define('engram-figure', class extends HTMLElement {
  connectedCallback() {
    // Values that were set before this class was known hide the setters.
    for (const name of ['option', 'csv']) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (!this.plot) {
      this.plot = document.createElement('div');
      this.plot.className = 'plot';
      const bar = document.createElement('div');
      bar.className = 'export';
      bar.append(this.button('CSV', () => this.saveCsv()), this.button('PNG', () => this.savePng()));
      this.append(this.plot, bar);
    }
    this.chart = echarts.init(this.plot, null, { renderer: 'svg' });
    this.sizes = new ResizeObserver(() => this.chart.resize());
    this.sizes.observe(this.plot);
    this.scheme = matchMedia('(prefers-color-scheme: dark)');
    this.repaint = () => this.paint();
    this.scheme.addEventListener('change', this.repaint);
    this.paint();
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    this.scheme.removeEventListener('change', this.repaint);
    this.chart.dispose();
    this.chart = null;
  }

  set option(option) { this.given = option; this.paint(); }
  get option() { return this.given; }
  set csv(text) { this.table = text; }
  get csv() { return this.table; }

  paint() {
    if (!this.chart || !this.given) return;
    this.chart.setOption(this.resolved(), true);
    this.dataset.painted = '';
  }

  resolved() {
    const probe = document.createElement('span');
    this.append(probe);
    const walk = value => {
      if (typeof value === 'string' && value.startsWith('var(')) {
        probe.style.color = value;
        return getComputedStyle(probe).color;
      }
      if (value === 'inherit') return getComputedStyle(this).fontFamily;
      if (typeof value === 'string' && value.startsWith('shape:')) return shapes[value.slice(6)];
      if (Array.isArray(value)) return value.map(walk);
      if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, walk(v)]));
      return value;
    };
    const option = walk(this.given);
    probe.remove();
    return option;
  }

  button(text, run) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = text;
    button.setAttribute('aria-label', 'Save figure as ' + text);
    button.addEventListener('click', run);
    return button;
  }

  saveCsv() { this.save(URL.createObjectURL(new Blob([this.table], { type: 'text/csv' })), 'csv'); }

  savePng() {
    const canvas = document.createElement('div');
    const size = { width: this.plot.clientWidth, height: this.plot.clientHeight };
    const copy = echarts.init(canvas, null, { renderer: 'canvas', ...size });
    copy.setOption({ ...this.resolved(), animation: false });
    const background = getComputedStyle(this).getPropertyValue('--engram-png') || getComputedStyle(document.body).backgroundColor;
    this.save(copy.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: background }), 'png');
    copy.dispose();
  }

  save(url, ending) {
    const link = document.createElement('a');
    link.href = url;
    link.download = (this.getAttribute('name') || 'figure') + '.' + ending;
    link.click();
  }
});
