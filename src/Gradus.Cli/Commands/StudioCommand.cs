using System.CommandLine;
using System.Diagnostics;
using Gradus.Formats;
using Gradus.Studio;

namespace Gradus.Cli.Commands;

/// <summary><c>gradus studio</c>: writes the studio, one page with the engine in it, or opens it.</summary>
internal static class StudioCommand
{
    private const string FileName = "studio.html";

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Where to write the page. Default: none; it is opened in the browser.",
        HelpName = "FILE",
    };

    // How eng/studio makes the page; whoever has the page needs nothing of it.
    private static readonly Option<string?> Framework = new("--framework") { Hidden = true, HelpName = "DIR" };

    public static Command Create()
    {
        var command = new Command("studio", "Watch networks learn in the browser: one page with the engine in it, which works offline.") { Out, Framework };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var target = parsed.GetValue(Out);
        if (parsed.GetValue(Framework) is { } framework)
        {
            AtomicFile.Write(target ?? FileName, stream => StudioPage.Write(stream, framework));
            return 0;
        }

        var page = Path.Combine(AppContext.BaseDirectory, FileName);
        if (!File.Exists(page))
            throw new UsageException("studio: the page is not part of this build. In the sources, eng/studio makes it: eng/studio studio.html.");
        if (target is not null) AtomicFile.Write(target, stream => stream.Write(File.ReadAllBytes(page)));
        else Open(page);
        Console.WriteLine(PlainText.OfLines(target ?? page));
        return 0;
    }

    private static void Open(string page)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(page) { UseShellExecute = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UsageException($"studio: there is no browser to open {page} with; write the page with --out FILE, and open that.");
        }
    }
}
