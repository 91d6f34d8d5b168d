namespace Gradus.Testing.Naive;

/// <summary>Einstein's sum as it is defined: for each position of the output, over all values of the letters that it does not name.</summary>
internal static class Einstein
{
    /// <summary>The sum of an equation with an arrow and without ellipses.</summary>
    public static NArray Sum(string equation, params NArray[] operands)
    {
        var sides = equation.Split("->");
        var terms = sides[0].Split(',');
        var sizes = new Dictionary<char, int>();
        foreach (var (term, operand) in terms.Zip(operands))
        {
            for (var axis = 0; axis < term.Length; axis++) sizes[term[axis]] = Math.Max(sizes.GetValueOrDefault(term[axis], 0), operand.Shape[axis]);
        }

        foreach (var (term, operand) in terms.Zip(operands))
        {
            for (var axis = 0; axis < term.Length; axis++)
            {
                if (operand.Shape[axis] == 0) sizes[term[axis]] = 0;
            }
        }

        var summed = sizes.Keys.Except(sides[1]).ToArray();
        return NArray.Build([.. sides[1].Select(letter => sizes[letter])], at => NArray.Positions([.. summed.Select(letter => sizes[letter])]).Sum(inner =>
        {
            int Value(char letter) => sides[1].Contains(letter) ? at[sides[1].IndexOf(letter)] : inner[Array.IndexOf(summed, letter)];
            return terms.Zip(operands).Aggregate(1.0, (product, pair) => product * pair.Second.Stretched([.. pair.First.Select(Value)]));
        }));
    }
}
