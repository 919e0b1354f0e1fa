// What ECharts is told to draw: per sensor the band from minimum to maximum and the average.
import { labelOf, ticksBetween } from './timeAxis.js';

const edgeShare = 0.06;
// Of values further apart ECharts draws nothing: it reckons with their difference.
const widest = 1e307;

export async function readSeries(figure) {
  return Promise.all([...figure.querySelectorAll('[data-sensor]')].map(async (entry) => {
    const query = new URLSearchParams({ sensor: entry.dataset.sensor });
    const response = await fetch(`/api/results/${figure.dataset.file}/series?${query}`);
    if (!response.ok) throw new Error('No series');
    return { entry, ...(await response.json()) };
  }));
}

export function isDrawable(series) {
  const buckets = series.flatMap((one) => one.buckets);
  return buckets.reduce((high, { max }) => Math.max(high, max), -Infinity) - buckets.reduce((low, { min }) => Math.min(low, min), Infinity) < widest;
}

export function optionOf(figure, series) {
  const style = getComputedStyle(figure);
  const ink = style.color;
  const color = tokensOf(figure);
  return {
    animation: false,
    // ECharts writes the family into SVG attributes as it is: its double quotes would end them.
    textStyle: { fontFamily: style.fontFamily.replaceAll('"', "'"), color: ink },
    grid: { left: 8, right: 24, top: 16, bottom: 58, containLabel: true },
    xAxis: {
      // Not ECharts' time axis: its own ticks can name a day twice, and it takes no others.
      type: 'value', ...timeAxisOf(series),
      axisLine: { onZero: false, lineStyle: { color: color.line } }, splitLine: { show: false },
    },
    yAxis: { type: 'value', scale: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: ink, formatter: round }, splitLine: { lineStyle: { color: color.line } } },
    dataZoom: [
      { type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, preventDefaultMouseMove: false },
      {
        type: 'slider', filterMode: 'none', height: 18, bottom: 10, left: 40, right: 24, showDetail: false, showDataShadow: false, brushSelect: false, moveHandleSize: 0,
        borderColor: color.line, backgroundColor: color.sunken, fillerColor: color.accentSoft, handleStyle: { color: color.surface, borderColor: color.accent },
        emphasis: { handleStyle: { color: color.accentSoft, borderColor: color.accent } },
      },
    ],
    // Rich text is drawn on the canvas: the usual tooltip is markup with inline styles, which the page's policy forbids.
    tooltip: {
      trigger: 'axis', renderMode: 'richText', confine: true, axisPointer: { lineStyle: { color: ink }, label: { show: false } },
      backgroundColor: color.surface, borderColor: color.strong, textStyle: { color: color.ink, fontSize: 12 },
      formatter: (points) => tooltipOf(points, series),
    },
    series: series.flatMap(linesOf),
  };
}

// The whole range, with ticks for the part of it that is shown.
export function timeAxisOf(series, shown) {
  const from = Math.min(...series.map((one) => Date.parse(one.from ?? one.buckets[0].start)));
  const to = Math.max(...series.map((one) => Date.parse(one.to ?? one.buckets.at(-1).start)));
  const start = shown?.from ?? from;
  const end = shown?.to ?? to;
  const { step, ticks } = ticksBetween(start, end);
  // A label in the middle below the first or the last point would be cut by the chart's edge.
  const isNear = (tick, edge) => Math.abs(tick - edge) < (end - start) * edgeShare;
  const ink = getComputedStyle(series[0].entry.closest('figure')).color;
  return {
    min: from, max: to,
    axisTick: { customValues: ticks },
    axisLabel: {
      customValues: ticks, color: ink, hideOverlap: true,
      alignMinLabel: isNear(ticks[0], start) ? 'left' : null, alignMaxLabel: isNear(ticks.at(-1), end) ? 'right' : null,
      formatter: (time) => labelOf(time, step, time === ticks[0]),
    },
  };
}

// Two layers a sensor: the band, and over it the average.
function linesOf(one) {
  const color = getComputedStyle(one.entry.querySelector('.swatch')).backgroundColor;
  const name = one.sensor_id;
  const points = pointsOf(one);
  return [
    {
      type: 'custom', name: `${name} range`, encode: { x: 0, y: [1, 2] }, clip: true, silent: true, tooltip: { show: false },
      data: points.map(({ time, bucket }) => [time, bucket?.min ?? null, bucket?.max ?? null]),
      renderItem: ({ dataIndex }, api) => (dataIndex === 0 ? bandOf(points, api, color) : null),
    },
    {
      type: 'line', name, id: name, symbol: points.length < 40 ? 'circle' : 'none', symbolSize: 4, color, lineStyle: { width: 1.6, color },
      data: points.map(({ time, bucket }) => [time, bucket?.avg ?? null]),
    },
  ];
}

// The whole band at once, as one polygon between two gaps: pieces would show their seams.
function bandOf(points, api, color) {
  const stretches = [[]];
  for (const point of points) {
    if (point.bucket) stretches.at(-1).push(point);
    else stretches.push([]);
  }
  const edge = (stretch, side) => stretch.map(({ time, bucket }) => api.coord([time, bucket[side]]));
  const children = stretches.map((stretch) => ({
    type: 'polygon',
    shape: { points: [...edge(stretch, 'max'), ...edge(stretch, 'min').reverse()] },
    style: { fill: color, opacity: 0.18 },
  }));
  return { type: 'group', children };
}

// A line over a gap would claim readings that are not there, and a bucket between two gaps would not be seen: it is
// drawn as wide as it is. The rule is the server's: a gap is ten times the usual distance.
function pointsOf({ buckets, bucket_seconds: width }) {
  const limit = gapLimitOf(buckets);
  const points = [];
  const start = (index) => Date.parse(buckets[index].start);
  const isGap = (index) => index > 0 && index < buckets.length && start(index) - start(index - 1) > limit;
  buckets.forEach((bucket, index) => {
    if (isGap(index)) points.push({ time: (start(index) + start(index - 1)) / 2 });
    points.push({ time: start(index), bucket });
    const isAlone = (index === 0 || isGap(index)) && (index === buckets.length - 1 || isGap(index + 1));
    if (isAlone) points.push({ time: start(index) + width * 1000, bucket });
  });
  return points;
}

function gapLimitOf(buckets) {
  if (buckets.length <= 6) return Infinity;
  const times = buckets.map((bucket) => Date.parse(bucket.start));
  const distances = times.slice(1).map((time, index) => time - times[index]).sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)] * 10;
}

// Sensors are rarely read in the same second: each tells its reading nearest to the time pointed at.
function tooltipOf(points, series) {
  if (points.length === 0) return '';
  const time = points[0].value[0];
  const lines = series.flatMap((one) => {
    const bucket = nearest(one, time);
    if (!bucket) return [];
    const readings = bucket.count === 1 ? '1 reading' : `${bucket.count} readings, ${round(bucket.min)} to ${round(bucket.max)}`;
    return [`${one.sensor_id}: ${round(bucket.avg)} (${readings})`];
  });
  return lines.length === 0 ? '' : [new Date(time).toLocaleString(), ...lines].join('\n');
}

// None within a gap.
function nearest({ buckets, bucket_seconds: width }, time) {
  const distance = (bucket) => Math.abs(Date.parse(bucket.start) - time);
  const best = buckets.reduce((one, next) => (distance(next) < distance(one) ? next : one));
  return distance(best) <= Math.max(width * 1000, gapLimitOf(buckets) / 10) ? best : null;
}

// A hyphen is too short beside digits.
const round = (number) => Number(number.toPrecision(6)).toString().replace(/^-/, '−');

// A canvas knows no style sheet: the tokens are read as the colours that they have in the page's scheme.
function tokensOf(figure) {
  const probe = document.createElement('span');
  figure.append(probe);
  const read = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    ink: read('ink'), line: read('line'), strong: read('line-strong'), sunken: read('sunken'),
    surface: read('surface'), accent: read('accent'), accentSoft: read('accent-soft'),
  };
  probe.remove();
  return colors;
}
