// The chart as a picture of its own: with a title and the names of the sensors, which on the page stand beside it.
import { optionOf, timeAxisOf } from './chartOption.js';

const width = 1200;
const height = 560;

export function saveChart(type, figure, echarts, series, shown) {
  const isSvg = type === 'svg';
  const drawing = isSvg
    ? echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
    : echarts.init(document.createElement('div'), null, { renderer: 'canvas', width, height });
  drawing.setOption(optionForPicture(figure, series, shown));
  const address = isSvg
    ? URL.createObjectURL(new Blob([drawing.renderToSVGString()], { type: 'image/svg+xml' }))
    : drawing.getDataURL({ type: 'png', pixelRatio: 2 });
  drawing.dispose();
  save(address, `${figure.dataset.name.replace(/\.(csv|tsv|txt)?(\.gz)?$/i, '')}-chart.${type}`);
  if (isSvg) URL.revokeObjectURL(address);
}

function optionForPicture(figure, series, shown) {
  const option = optionOf(figure, series);
  const color = option.tooltip.textStyle.color;
  return {
    ...option,
    backgroundColor: option.tooltip.backgroundColor,
    title: { text: figure.dataset.name, left: 16, top: 12, textStyle: { color, fontSize: 18, fontFamily: option.textStyle.fontFamily } },
    legend: { data: series.map((one) => one.sensor_id), left: 16, top: 44, icon: 'rect', itemWidth: 12, itemHeight: 12, textStyle: { color, fontSize: 13 } },
    grid: { left: 16, right: 32, top: 88, bottom: 24, containLabel: true },
    xAxis: { ...option.xAxis, ...timeAxisOf(series, shown), min: shown.from, max: shown.to },
    dataZoom: [],
    tooltip: { show: false },
  };
}

function save(address, name) {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
