// A line as the mean of what is around, the nearer the heavier: by exp(−distance / window) to both sides, distances in steps, so that thinned lines are
// smoothed alike.
function summed({ steps, values }, window) {
  let [sum, weight, last] = [0, 0, steps[0]];
  return values.map((value, place) => {
    const decay = Math.exp(-Math.abs(steps[place] - last) / window);
    last = steps[place];
    [sum, weight] = [sum * decay + (value ?? 0), weight * decay + (value === null ? 0 : 1)];
    return [sum, weight];
  });
}

export function smoothed({ steps, values }, window) {
  const before = summed({ steps, values }, window);
  const after = summed({ steps: steps.toReversed(), values: values.toReversed() }, window).reverse();
  // The value itself is in both.
  const mean = (value, place) => value === null ? null : (before[place][0] + after[place][0] - value) / (before[place][1] + after[place][1] - 1);
  return { steps, values: values.map(mean) };
}
