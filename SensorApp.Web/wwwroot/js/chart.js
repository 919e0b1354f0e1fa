// Draws the chosen sensors with ECharts where the server drew a still picture. The script is big: it is loaded when the chart comes into view.
import { saveChart } from './chartExport.js';
import { isDrawable, optionOf, readSeries, timeAxisOf } from './chartOption.js';

let library = null;

export function draw(figure) {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    show(figure).catch(() => { /* the still picture stays */ });
  }, { rootMargin: '200px' });
  observer.observe(figure);
}

async function show(figure) {
  const [echarts, series] = await Promise.all([load(figure.dataset.script), readSeries(figure)]);
  if (!isDrawable(series)) {
    figure.closest('section').querySelector('[data-chart-tools]').hidden = true;
    figure.dataset.drawn = 'still';
    return;
  }
  const area = figure.querySelector('[data-chart-area]');
  const holder = document.createElement('div');
  holder.className = 'chart-canvas';
  holder.tabIndex = 0;
  holder.setAttribute('role', 'application');
  holder.setAttribute('aria-label', `${area.querySelector('svg').getAttribute('aria-label')}. Plus and minus zoom, arrow keys move.`);
  area.replaceChildren(holder);
  const chart = echarts.init(holder, null, { renderer: 'canvas' });
  const paint = () => chart.setOption(optionOf(figure, series), { replaceMerge: ['series'] });
  paint();
  chart.on('datazoom', () => chart.setOption({ xAxis: timeAxisOf(series, windowOf(chart)) }));
  new ResizeObserver(() => chart.resize()).observe(holder);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  enableTools(figure, echarts, chart, series);
  enableKeys(holder, chart);
  figure.dataset.drawn = '';
}

function load(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.addEventListener('load', () => resolve(window.echarts));
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  return library;
}

// The part of the whole range that is shown, in percent and in milliseconds.
function windowOf(chart) {
  const { start, end, startValue, endValue } = chart.getOption().dataZoom[0];
  return { start, end, from: startValue, to: endValue };
}

// Shows a part of the factor's width, moved by a share of its own.
function turn(chart, factor, shift = 0) {
  const { start, end } = windowOf(chart);
  const width = Math.min(100, Math.max(0.1, (end - start) * factor));
  const middle = (start + end) / 2 + (end - start) * shift;
  const left = Math.min(100 - width, Math.max(0, middle - width / 2));
  chart.dispatchAction({ type: 'dataZoom', start: left, end: left + width });
}

function enableTools(figure, echarts, chart, series) {
  const tools = figure.closest('section').querySelector('[data-chart-tools]');
  const onClick = (selector, act) => tools.querySelector(selector).addEventListener('click', act);
  onClick('[data-zoom="in"]', () => turn(chart, 0.5));
  onClick('[data-zoom="out"]', () => turn(chart, 2));
  onClick('[data-zoom="all"]', () => chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }));
  for (const type of ['png', 'svg']) onClick(`[data-export="${type}"]`, () => saveChart(type, figure, echarts, series, windowOf(chart)));
  for (const button of tools.querySelectorAll('button')) button.disabled = false;
}

function enableKeys(holder, chart) {
  const keys = {
    '+': () => turn(chart, 0.5), '=': () => turn(chart, 0.5), '-': () => turn(chart, 2),
    ArrowLeft: () => turn(chart, 1, -0.25), ArrowRight: () => turn(chart, 1, 0.25),
  };
  holder.addEventListener('keydown', (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
}
