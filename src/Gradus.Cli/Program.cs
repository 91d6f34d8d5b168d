using System.CommandLine;
using System.Globalization;
using Gradus.Cli;
using Gradus.Cli.Commands;

// Numbers are read and written alike whatever the user's culture.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

var verbose = new Option<bool>("--verbose") { Description = "Print the stack trace of an error.", Recursive = true };
var root = new RootCommand("Gradus: train networks, look at them, use them.")
{
    verbose,
    TrainCommand.Create(),
    EvaluateCommand.Create(),
    PredictCommand.Create(),
    InspectCommand.Create(),
};

// Response files are off: an argument that begins with @ is itself.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
{
    return Failure.Report(new UsageException(parsed.Errors[0].Message), verbose: false);
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception exception)
{
    return Failure.Report(exception, parsed.GetValue(verbose));
}
