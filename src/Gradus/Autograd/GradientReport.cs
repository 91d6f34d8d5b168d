using System.Globalization;
using System.Text;

namespace Gradus;

/// <summary>What <see cref="GradientCheck"/> found, input by input.</summary>
public sealed class GradientReport
{
    internal GradientReport(InputReport[] inputs, double tolerance, string[] faults)
    {
        Inputs = inputs;
        Tolerance = tolerance;
        Faults = faults;
    }

    /// <summary>A comparison for each input.</summary>
    public IReadOnlyList<InputReport> Inputs { get; }

    /// <summary>The largest difference that counts as equal.</summary>
    public double Tolerance { get; }

    /// <summary>
    /// Where a gradient is wrong, the operators whose own derivative is, or with order 2 the derivative of their gradient: found by checking the graph node by
    /// node. Empty where none is by itself.
    /// </summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>The largest relative difference of all, kinks and noise included.</summary>
    public double WorstError => Inputs.Count == 0 ? 0 : Inputs.Max(static input => input.WorstError);

    /// <summary>Whether no derivative is wrong. Elements at a kink, or lost in noise, do not count against it.</summary>
    public bool IsRight => Inputs.All(static input => input.Verdict != GradientVerdict.Wrong);

    /// <summary>Throws, with the report, unless every gradient agrees: a unit test in one line.</summary>
    /// <exception cref="GradusException">A gradient disagrees.</exception>
    public void Assert()
    {
        if (!IsRight) throw new GradusException(ToString());
    }

    /// <summary>The verdict, and for each input the worst element with both numbers.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(IsRight ? "gradient check: all gradients agree" : "gradient check: gradients DISAGREE");
        text.Append(CultureInfo.InvariantCulture, $" (worst relative difference {WorstError:0.0e+00}, tolerance {Tolerance:0.0e+00})");
        foreach (var input in Inputs)
        {
            var worst = input.WorstIndex;
            text.Append(CultureInfo.InvariantCulture, $"\n  {input.Name} f64{input.Shape}: difference {input.WorstError:0.0e+00}");
            if (worst >= 0)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $", worst at element {worst}: backward gives {input.Analytic[worst]:G9}, finite differences {input.Numeric[worst]:G9}");
            }

            if (input.Verdict == GradientVerdict.Kink) text.Append("; a kink, where either slope is right");
            if (input.Verdict == GradientVerdict.Noise) text.Append("; lost in noise: the function is rounded or random by as much");
        }

        foreach (var fault in Faults) text.Append("\n  at fault: ").Append(fault);
        if (!IsRight && Faults.Count == 0)
        {
            text.Append("\n  at fault: no operator by itself; look for a Detach, a NoGrad, or values that left the graph as numbers");
        }

        return text.ToString();
    }

    /// <summary>One input's gradients, both ways.</summary>
    /// <param name="Name">The input's name.</param>
    /// <param name="Shape">Its shape.</param>
    /// <param name="Analytic">The gradient by back-propagation, in row-major order.</param>
    /// <param name="Numeric">The gradient by finite differences.</param>
    /// <param name="Verdict">The worst that was found at an element.</param>
    public sealed record InputReport(string Name, Shape Shape, IReadOnlyList<double> Analytic, IReadOnlyList<double> Numeric, GradientVerdict Verdict)
    {
        /// <summary>The largest |a − n| / max(1, |a|, |n|); infinite where one is not a number.</summary>
        public double WorstError => WorstIndex < 0 ? 0 : ErrorOf(Analytic[WorstIndex], Numeric[WorstIndex]);

        /// <summary>The element, in row-major order, where the difference is largest; −1 if there are none.</summary>
        public int WorstIndex
        {
            get
            {
                var worst = -1;
                for (var index = 0; index < Analytic.Count; index++)
                {
                    if (worst < 0 || ErrorOf(Analytic[index], Numeric[index]) > ErrorOf(Analytic[worst], Numeric[worst])) worst = index;
                }

                return worst;
            }
        }

        internal static double ErrorOf(double a, double n)
        {
            var error = Math.Abs(a - n) / Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(n)));
            return double.IsNaN(error) ? double.PositiveInfinity : error;
        }

        /// <inheritdoc/>
        public override string ToString() => RecordText.Of(nameof(InputReport), PrintMembers);
    }
}
