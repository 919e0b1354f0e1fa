// What every page runs. Each module leaves a page alone that has nothing for it.
import { showLocalTimes } from './times.js';
import { enhancePartials } from './partial.js';
import { enhanceDialogs } from './dialog.js';
import { enhanceCopying } from './copy.js';
import { watchFiles } from './live.js';
import { retryWhenBack } from './retry.js';

const enhance = (root) => {
  showLocalTimes(root);
  enhanceCopying(root);
  watchFiles(document);
  const charts = root.querySelectorAll('[data-chart]');
  if (charts.length > 0) import('./chart.js').then((chart) => charts.forEach(chart.draw));
};

enhancePartials(enhance);
enhanceDialogs();
enhance(document);
retryWhenBack();

const form = document.getElementById('upload');
if (form) import('./upload.js').then((upload) => upload.enhance(form));
