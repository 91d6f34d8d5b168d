using System.Globalization;
using System.Text;

namespace Gradus;

/// <summary>
/// Records as the compiler prints them, <c>ClampArgs { Min = -1.5, Max = 2 }</c>, but with numbers as a program writes them, whatever the thread's culture.
/// </summary>
internal static class RecordText
{
    /// <param name="name">The record's name.</param>
    /// <param name="print">Its <c>PrintMembers</c>.</param>
    public static string Of(string name, Func<StringBuilder, bool> print)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            var text = new StringBuilder(name).Append(" { ");
            return text.Append(print(text) ? " }" : "}").ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
