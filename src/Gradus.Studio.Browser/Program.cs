using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

namespace Gradus.Studio.Browser;

/// <summary>The engine, as a page's worker calls it.</summary>
internal static partial class Program
{
    private static readonly StudioEngine Engine = new();

    private static void Main()
    {
    }

    /// <summary>Does what a message asks for; see <see cref="StudioEngine"/>.</summary>
    [JSExport]
    internal static string Answer(string message) => Engine.Answer(message);
}
