// Round numbers between two, at equal distances.
export function linearTicks(low, high, most) {
  const rough = (high - low) / most;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const placed = step => {
    const first = Math.ceil(low / step - 1e-9);
    return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
  };
  const steps = [.5, 1, 2, 5, 10].map(factor => unit * factor);
  // One alone says nothing of the scale.
  const wanted = placed(steps.find(step => step >= rough * (1 - 1e-9)));
  return wanted.length > 1 ? wanted : placed(steps.findLast(step => placed(step).length > 1) ?? steps[0]);
}
