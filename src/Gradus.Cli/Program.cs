using System.CommandLine;
using System.Globalization;
using Gradus.Cli;
using Gradus.Cli.Output;
using Gradus.Distributed;

// Numbers are read and written alike whatever the user's culture.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

// The terminal that mpirun gives to a process is a pipe to its own output.
if (Communicator.IsLaunched) Environment.SetEnvironmentVariable("TERM", "dumb");

var verbose = new Option<bool>("--verbose") { Description = "Print the stack trace of an error.", Recursive = true };
// Response files are off: an argument that begins with @ is itself.
var parsed = CommandTree.Create(verbose).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
StandardOutput.Redirect();
try
{
    CommandTree.Check(parsed);
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception exception)
{
    return Failure.Report(exception, parsed);
}
