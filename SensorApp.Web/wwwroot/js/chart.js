// Draws the chosen sensors with ECharts where the server drew a still picture. The script is big: it is loaded when the chart comes into view.
const heightPixels = 340;

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
  const area = figure.querySelector('[data-chart-area]');
  const holder = document.createElement('div');
  holder.className = 'chart-canvas';
  holder.setAttribute('role', 'img');
  holder.setAttribute('aria-label', area.querySelector('svg').getAttribute('aria-label'));
  area.replaceChildren(holder);
  const chart = echarts.init(holder, null, { renderer: 'canvas', height: heightPixels });
  const paint = () => chart.setOption(optionOf(figure, series), { replaceMerge: ['series'] });
  paint();
  new ResizeObserver(() => chart.resize()).observe(holder);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  enableTools(figure, echarts, chart, series);
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

async function readSeries(figure) {
  return Promise.all([...figure.querySelectorAll('[data-sensor]')].map(async (entry) => {
    const query = new URLSearchParams({ sensor: entry.dataset.sensor });
    const response = await fetch(`/api/results/${figure.dataset.file}/series?${query}`);
    if (!response.ok) throw new Error('No series');
    return { entry, ...(await response.json()) };
  }));
}

function optionOf(figure, series) {
  const style = getComputedStyle(figure);
  const ink = style.getPropertyValue('color');
  const line = getComputedStyle(figure.querySelector('.chart-legend')).borderBottomColor;
  const shape = series[0];
  return {
    animation: false,
    textStyle: { fontFamily: style.fontFamily, color: ink },
    grid: { left: 8, right: 16, top: 16, bottom: 62, containLabel: true },
    xAxis: {
      type: 'time', min: shape.from ?? undefined, max: shape.to ?? undefined,
      axisLine: { lineStyle: { color: line } }, axisTick: { lineStyle: { color: line } },
      axisLabel: { color: ink, hideOverlap: true, formatter: { year: '{yyyy}', month: '{MMM} {yyyy}', day: '{MMM} {d}', hour: '{HH}:{mm}', minute: '{HH}:{mm}' } }, splitLine: { show: false },
    },
    yAxis: { type: 'value', scale: true, axisLabel: { color: ink }, splitLine: { lineStyle: { color: line } } },
    dataZoom: [
      { type: 'inside', filterMode: 'none' },
      { type: 'slider', filterMode: 'none', height: 22, bottom: 12, borderColor: line, textStyle: { color: ink }, showDataShadow: false },
    ],
    // Rich text is drawn on the canvas: the usual tooltip is markup with inline styles, which the page's policy forbids.
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, axisPointer: { lineStyle: { color: ink } },
      backgroundColor: style.backgroundColor, borderColor: line, textStyle: { color: ink },
      formatter: (points) => tooltipOf(points, series),
    },
    series: series.flatMap(linesOf),
  };
}

// Three lines a sensor: an invisible one at the minimum, the band stacked on it, and the average.
function linesOf(one) {
  const color = getComputedStyle(one.entry.querySelector('.swatch')).backgroundColor;
  const name = one.sensor_id;
  const points = withBreaks(one);
  const quiet = { type: 'line', stack: `band ${name}`, stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    { ...quiet, name: `${name} minimum`, data: points.map((point) => [point.time, point.min ?? null]) },
    { ...quiet, name: `${name} range`, areaStyle: { color, opacity: 0.18 }, data: points.map((point) => [point.time, point.min === undefined ? null : point.max - point.min]) },
    {
      type: 'line', name, id: name, symbol: points.length < 40 ? 'circle' : 'none', symbolSize: 4, color, lineStyle: { width: 1.6, color },
      data: points.map((point) => [point.time, point.avg ?? null]),
    },
  ];
}

// A line over a gap would claim readings that are not there. The rule is the server's: ten times the usual distance.
function withBreaks({ buckets }) {
  const points = buckets.map((bucket) => ({ time: Date.parse(bucket.start), ...bucket }));
  if (points.length <= 6) return points;
  const distances = points.slice(1).map((point, index) => point.time - points[index].time).sort((a, b) => a - b);
  const limit = distances[Math.floor(distances.length / 2)] * 10;
  return points.flatMap((point, index) =>
    index > 0 && point.time - points[index - 1].time > limit ? [{ time: (point.time + points[index - 1].time) / 2 }, point] : [point]);
}

function tooltipOf(points, series) {
  const averages = points.filter((point) => series.some((one) => one.sensor_id === point.seriesName) && point.value[1] !== null);
  if (averages.length === 0) return '';
  const time = averages[0].value[0];
  const lines = averages.map((point) => {
    const bucket = series.find((one) => one.sensor_id === point.seriesName).buckets.find((candidate) => Date.parse(candidate.start) === point.value[0]);
    return `${point.seriesName}: ${round(bucket.avg)}  (${round(bucket.min)} to ${round(bucket.max)}, ${bucket.count} readings)`;
  });
  return [new Date(time).toLocaleString(), ...lines].join('\n');
}

const round = (number) => Number(number.toPrecision(6)).toString();

function enableTools(figure, echarts, chart, series) {
  const tools = figure.closest('section').querySelector('[data-chart-tools]');
  tools.querySelector('[data-reset]').addEventListener('click', () => chart.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }));
  tools.querySelector('[data-export="png"]').addEventListener('click', () => {
    save(chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: getComputedStyle(figure).backgroundColor }), 'chart.png');
  });
  tools.querySelector('[data-export="svg"]').addEventListener('click', () => {
    const drawing = echarts.init(null, null, { renderer: 'svg', ssr: true, width: chart.getWidth(), height: chart.getHeight() });
    drawing.setOption({ ...optionOf(figure, series), backgroundColor: getComputedStyle(figure).backgroundColor });
    const address = URL.createObjectURL(new Blob([drawing.renderToSVGString()], { type: 'image/svg+xml' }));
    drawing.dispose();
    save(address, 'chart.svg');
    URL.revokeObjectURL(address);
  });
}

function save(address, name) {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
