// Round points in the viewer's time along a stretch of time, with labels of which no two are the same.
const mostTicks = 7;
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const withinDay = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
];
const days = [1, 2, 7, 14];
const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000];

export function ticksBetween(from, to) {
  const span = to - from;
  const fits = (width) => span <= width * mostTicks;
  const short = withinDay.find(fits);
  if (short) return { step: short, ticks: unique(clockTicks(from, to, short), from, to) };
  const few = days.find((count) => fits(count * day));
  if (few) return { step: few * day, ticks: unique(dayTicks(from, to, few), from, to) };
  const many = months.find((count) => fits(count * 30 * day)) ?? months.at(-1);
  return { step: many * 30 * day, ticks: unique(monthTicks(from, to, many), from, to) };
}

// The first label and every midnight name the day, so that each time of day belongs to one.
export function labelOf(time, step, isFirst) {
  const date = new Date(time);
  const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
  if (step >= 360 * day) return String(date.getFullYear());
  if (step >= 30 * day) return show(date, { month: 'short', year: 'numeric' });
  if (step >= day || (isMidnight && !isFirst)) return show(date, { month: 'short', day: 'numeric' });
  const clock = show(date, { hour: '2-digit', minute: '2-digit', second: step < minute ? '2-digit' : undefined, hourCycle: 'h23' });
  return isFirst ? `${show(date, { month: 'short', day: 'numeric' })} ${clock}` : clock;
}

// Times of day count from each day's own midnight: clocks that change must not move them.
function clockTicks(from, to, step) {
  const ticks = [];
  for (const midnight of dayTicks(from - day, to, 1)) {
    const start = new Date(midnight);
    const first = Math.max(0, Math.floor((from - midnight - 2 * hour) / step));
    for (let index = first; index * step < day && midnight + index * step <= to + 2 * hour; index++) {
      ticks.push(new Date(start.getFullYear(), start.getMonth(), start.getDate(), 0, 0, 0, index * step).getTime());
    }
  }
  return ticks;
}

function dayTicks(from, to, count) {
  const start = new Date(from);
  const number = Math.floor(Date.UTC(start.getFullYear(), start.getMonth(), start.getDate()) / day);
  // The epoch was a Thursday; weeks begin on Mondays.
  const behind = (((number + 3) % count) + count) % count;
  const ticks = [];
  for (let index = -behind; ; index += count) {
    const tick = new Date(start.getFullYear(), start.getMonth(), start.getDate() + index).getTime();
    if (!(tick <= to)) return ticks;
    ticks.push(tick);
  }
}

function monthTicks(from, to, count) {
  const start = new Date(from);
  const number = Math.floor((start.getFullYear() * 12 + start.getMonth()) / count) * count;
  const ticks = [];
  for (let month = number; ; month += count) {
    const tick = new Date(0, 0);
    tick.setFullYear(Math.floor(month / 12), month % 12, 1);
    if (!(tick.getTime() <= to)) return ticks;
    ticks.push(tick.getTime());
  }
}

const unique = (ticks, from, to) => [...new Set(ticks)].filter((tick) => tick >= from && tick <= to).sort((a, b) => a - b);
const show = (date, parts) => new Intl.DateTimeFormat(undefined, parts).format(date);
