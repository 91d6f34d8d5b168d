using System.Globalization;

namespace Gradus.Graphs;

/// <summary>
/// The loss of a classifier: −Σ t log softmax(z) over the last axis, of several rows the mean. The target t is a number for each class, as z, or the number
/// of the right class.
/// </summary>
internal static class CrossEntropy
{
    /// <summary>Whether the target has class numbers, one for each row of the logits.</summary>
    public static bool IsOfClasses(Shape logits, Shape target) => target.Rank == logits.Rank - 1;

    public static Tensor Of(Tensor logits, Tensor target)
    {
        var log = logits.LogSoftmax();
        var terms = IsOfClasses(logits.Shape, target.Shape) ? Tensor.Where(IsClass(target, logits.Shape[-1]), log, 0) : target * log;
        return -terms.Sum(-1).Mean();
    }

    /// <summary>Refuses targets that do not fit the logits, and what is no class number.</summary>
    public static void Check(Tensor[] inputs)
    {
        var (logits, target) = (inputs[0], inputs[1]);
        if (logits.Rank == 0) throw new GradusException("crossentropy: the logits are a single number, expected one for each class: [1, 2, -1].");
        int[] rows = [.. logits.Shape.ToArray()[..^1]];
        if (target.Shape == logits.Shape) return;
        if (target.Shape != Shape.Create(rows))
        {
            var classes = rows.Length == 0 ? "a class number" : $"class numbers of shape {Shape.Create(rows)}";
            throw new GradusException(
                $"crossentropy: the logits have the shape {logits.Shape}, the target {target.Shape}; " +
                $"expected {classes}, or a number for each class, {logits.Shape}.");
        }

        foreach (var number in target.ToArray<double>())
        {
            if (number >= 0 && number < logits.Shape[-1] && number == Math.Floor(number)) continue;
            throw new GradusException(string.Create(
                CultureInfo.InvariantCulture, $"crossentropy: {number} is no class; expected whole numbers from 0 to {logits.Shape[-1] - 1}."));
        }
    }

    // Rounded, for the neighborhood of a class number that finite differences look at.
    private static Tensor IsClass(Tensor target, int classes) => target.Detach().Round().Unsqueeze(-1).Equal(Tensor.Arange(classes).To(DType.Float64));
}
