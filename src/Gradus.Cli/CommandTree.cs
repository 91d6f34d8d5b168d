using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Gradus.Cli.Commands;

namespace Gradus.Cli;

/// <summary>The tool's commands under one root.</summary>
internal static class CommandTree
{
    public static Command Create(Option<bool> verbose)
    {
        var help = new HelpOption();
        // A plain command, not a RootCommand: that one is called after the assembly.
        var root = new Command("gradus", "Gradus: train networks, look at them, use them.")
        {
            verbose,
            help,
            new VersionOption(),
            TrainCommand.Create(),
            LaunchCommand.Create(),
            StudioCommand.Create(),
            ReportCommand.Create(),
            EvaluateCommand.Create(),
            PredictCommand.Create(),
            SampleCommand.Create(),
            ServeCommand.Create(),
            AttributeCommand.Create(),
            ImportanceCommand.Create(),
            DoctorCommand.Create(),
            ReplayCommand.Create(),
            AtCommand.Create(),
            DiffCommand.Create(),
            VerifyCommand.Create(),
            RunsCommand.Create(),
            InspectCommand.Create(),
            ConvertCommand.Create(),
            ExportCommand.Create(),
            OnnxCommand.Create(),
            GraphCommand.Create(),
            BenchCommand.Create(),
        };
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
        // Who types the name alone wants to know what there is.
        root.SetAction(((SynchronousCommandLineAction)help.Action).Invoke);
        return root;
    }

    /// <summary>Refuses what was not understood.</summary>
    /// <exception cref="UsageException">The words on the command line make no command.</exception>
    public static void Check(ParseResult parsed)
    {
        // The parser would take an unknown option for DATA or MODEL. A file called so is written ./--name, or comes after --. An expression may begin with
        // one minus.
        if (parsed.Action is not HelpWithExamples && parsed.Tokens.All(static token => token.Type != TokenType.DoubleDash))
        {
            var values = parsed.CommandResult.Children.OfType<OptionResult>().SelectMany(static option => option.Tokens)
                .ToHashSet(ReferenceEqualityComparer.Instance);
            if (parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', var second, ..] &&
                (second == '-' || parsed.CommandResult.Command.Name != "graph") && !values.Contains(token)) is { } stray)
            {
                throw new UsageException($"unknown option '{PlainText.Quote(stray.Value)}'. See {Path(parsed.CommandResult.Command)} --help.");
            }
        }

        if (parsed.Errors.Count > 0) throw new UsageException(parsed.Errors[0].Message);
    }

    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{Path(parent)} {command.Name}" : command.Name;
}
