using System.Globalization;

namespace Gradus.Nn;

/// <summary>Looks for one illness. Its threshold is a constant of the class, with the reason beside it and in docs/doctor.md.</summary>
internal abstract class Check
{
    /// <summary>Whether nothing further can be said once this was found.</summary>
    public virtual bool IsFinal => false;

    /// <summary>What is found; nothing where it is explained by what was found before.</summary>
    public abstract IEnumerable<Finding> Look(Evidence evidence);

    private protected static string N(double number) => number.ToString("G3", CultureInfo.InvariantCulture);

    private protected static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");
}
