// <engram-figure>: one ECharts figure. Java sets `option` (JSON), `csv` and `name`. Colors are written as var(--name) and
// resolved here, so that a figure follows the system's light or dark setting. A data item with a `key` can be chosen, by
// pointing or by the keyboard: the figure says so with an event `pick`.
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
  // Interval of a bar that stands in a group: data rows [category, low, high]; the series says its `place` among `count` bars.
  barInterval(params, api, row, series) {
    const { offsetCenter } = api.barLayout({ count: series.count, barGap: '12%' })[series.place];
    const low = api.coord([api.value(0), api.value(1)]), high = api.coord([api.value(0), api.value(2)]), x = low[0] + offsetCenter;
    const style = { stroke: api.visual('color'), lineWidth: 1.5 };
    const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
    return { type: 'group', silent: true, children: [line(x, low[1], x, high[1]), line(x - 5, low[1], x + 5, low[1]), line(x - 5, high[1], x + 5, high[1])] };
  },
  // Intervals of a point in both directions: data rows [x, low, high, y, low, high].
  cross(params, api) {
    const [x, left, right, y, low, high] = [0, 1, 2, 3, 4, 5].map(i => api.value(i));
    const style = { stroke: api.visual('color'), lineWidth: 1.25, opacity: 0.6 };
    const line = ([x1, y1], [x2, y2]) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style });
    return { type: 'group', silent: true, children: [line(api.coord([left, y]), api.coord([right, y])), line(api.coord([x, low]), api.coord([x, high]))] };
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
  // A line of a tree: connector, swatch, name, and where there is a value its bar, interval and text. Data rows
  // [line, value, low, high] with depth, parent, group, label, text, selected.
  node(params, api, row, series) {
    const plot = params.coordSys, at = line => api.coord([0, line])[1], y = at(row.value[0]), height = api.size([0, 1])[1];
    const column = depth => 10 + depth * 14, x = column(row.depth), value = api.value(1), color = api.visual('color');
    const measured = Number.isFinite(value);
    const stroke = (x1, y1, x2, y2, colour, width = 1) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: width } });
    const children = [{ type: 'rect', shape: { x: 0, y: y - height / 2, width: api.getWidth(), height, r: 4 },
      style: { fill: row.selected ? series.mark : 'transparent' } }];
    if (row.parent >= 0) {
      const above = column(row.depth - 1);
      children.push(stroke(above, at(row.parent) + 6, above, y, series.line), stroke(above, y, x - 6, y, series.line));
    }
    children.push(measured ? { type: 'rect', shape: { x: x - 6, y: y - 6, width: 12, height: 12, r: 2 }, style: { fill: color, stroke: series.quiet, lineWidth: 0.5 } }
      : { type: 'circle', shape: { cx: x, cy: y, r: row.group ? 2.5 : 2 }, style: { fill: row.group ? series.quiet : 'transparent', stroke: series.quiet } });
    children.push({ type: 'text', style: { text: row.label, x: x + 11, y, verticalAlign: 'middle', width: plot.x - x - 24, overflow: 'truncate',
      fill: measured ? series.ink : series.quiet, font: `${row.selected ? 600 : 400} 12px ${series.font}` } });
    if (measured) {
      const zero = api.coord([0, row.value[0]])[0], end = api.coord([value, row.value[0]])[0], low = api.value(2), high = api.value(3);
      children.push(stroke(zero, y - height / 2, zero, y + height / 2, series.line),
        { type: 'rect', shape: { x: Math.min(zero, end), y: y - 6, width: Math.max(1, Math.abs(end - zero)), height: 12 }, style: { fill: color, stroke: series.quiet, lineWidth: 0.5 } });
      if (Number.isFinite(low) && Number.isFinite(high)) {
        const inside = v => Math.min(plot.x + plot.width, Math.max(plot.x, api.coord([v, row.value[0]])[0]));
        const from = inside(low), to = inside(high);
        children.push(stroke(from, y, to, y, series.ink, 1.25), stroke(from, y - 3, from, y + 3, series.ink, 1.25), stroke(to, y - 3, to, y + 3, series.ink, 1.25));
      }
      children.push({ type: 'text', style: { text: row.text, x: api.getWidth() - 4, y, align: 'right', verticalAlign: 'middle', fill: series.ink,
        font: `12px ${series.font}` } });
    }
    return { type: 'group', children };
  },
};

// A number beside an axis: thousands grouped, no digits that only rounding made, a true minus sign.
const tick = value => echarts.format.addCommas(Number(value.toPrecision(10))).replace(/^-/, '−');

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
      this.keys = document.createElement('div');
      this.keys.className = 'keys';
      this.keys.addEventListener('keydown', event => this.walkKeys(event));
      this.append(this.plot, this.keys, bar);
    }
    this.chart = echarts.init(this.plot, null, { renderer: 'svg' });
    this.chart.on('click', event => { if (event.data?.key) this.pick(event.data.key); });
    // While it is out of sight it has no size, and nothing to be drawn for.
    this.sizes = new ResizeObserver(() => {
      if (this.plot.clientWidth === 0) return;
      this.chart.resize();
      this.placeKeys();
    });
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
    this.placeKeys();
    this.dataset.painted = '';
  }

  // A button for each item that can be chosen, over its line: for the keyboard and for readers of screens. The mouse goes through to the figure.
  placeKeys() {
    const items = (this.given?.series ?? []).flatMap(series => series.data ?? []).filter(item => item?.key);
    while (this.keys.children.length > items.length) this.keys.lastChild.remove();
    items.forEach((item, i) => {
      const button = this.keys.children[i] ?? this.keys.appendChild(document.createElement('button'));
      const y = this.chart.convertToPixel({ yAxisIndex: 0 }, item.value[0]);
      button.type = 'button';
      button.onclick = () => this.pick(item.key);
      button.style.top = `${y - 11}px`;
      button.setAttribute('aria-label', item.words);
      button.setAttribute('aria-pressed', String(!!item.selected));
      button.dataset.key = item.key;
    });
    const now = [...this.keys.children].find(button => button.ariaPressed === 'true') ?? this.keys.firstChild;
    for (const button of this.keys.children) button.tabIndex = button === now ? 0 : -1;
  }

  // One stop for the tabulator; arrows, Home and End move inside.
  walkKeys(event) {
    const all = [...this.keys.children], i = all.indexOf(event.target);
    const next = { ArrowDown: all[i + 1], ArrowUp: all[i - 1], Home: all[0], End: all.at(-1) }[event.key];
    if (i < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  pick(key) { this.dispatchEvent(new CustomEvent('pick', { detail: key })); }

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
    for (const axis of [option.xAxis, option.yAxis].flat()) {
      if (axis?.type !== 'value') continue;
      const written = axis.axisLabel?.formatter ?? '{value}';
      axis.axisLabel = { ...axis.axisLabel, formatter: value => written.replace('{value}', tick(value)) };
    }
    for (const series of option.series ?? []) {
      const shape = series.renderItem;
      if (!shape) continue;
      series.font = getComputedStyle(this).fontFamily;
      series.renderItem = (params, api) => shape(params, api, series.data[params.dataIndex], series);
    }
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
