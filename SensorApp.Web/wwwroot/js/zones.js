// The time zones that the browser knows, as suggestions.
export function suggestZones(list) {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = Intl.supportedValuesOf?.('timeZone') ?? [];
  for (const zone of new Set([own, 'UTC', ...zones])) {
    const option = document.createElement('option');
    option.value = zone;
    list.append(option);
  }
}
