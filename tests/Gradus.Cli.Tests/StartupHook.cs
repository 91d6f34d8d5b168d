using System.Reflection;
using System.Text;
using System.Text.Json;
using Gradus;
using Gradus.Cli.Tests;

/// <summary>
/// What the runtime calls before the tool's own beginning when <see cref="StayingTool"/> starts it: runs one command after the other until its input ends. The
/// runtime finds it by this name, outside of any namespace.
/// </summary>
internal static class StartupHook
{
    // A main thread's, so that what is nested deeply goes as far as in a process of its own.
    private const int StackSize = 8 << 20;

    /// <summary>Runs the commands that are asked for, and ends the process.</summary>
    public static void Initialize()
    {
        var tool = Assembly.GetEntryAssembly()!.EntryPoint!;
        var (threads, home) = (Compute.Threads, AppContext.BaseDirectory);
        using var requests = new StreamReader(Console.OpenStandardInput(), Encoding.UTF8);
        using Stream output = Console.OpenStandardOutput(), error = Console.OpenStandardError();
        while (requests.ReadLine() is { } line)
        {
            var command = JsonSerializer.Deserialize<StayingTool.Command>(line)!;
            // As a process of its own begins.
            Compute.Threads = threads;
            Generator.SetSeed(0);
            Environment.CurrentDirectory = command.Directory;
            var exitCode = 0;
            // What is kept for a thread is not kept for the next command. An exception that the tool does not catch ends this process, as it would the tool's.
            var thread = new Thread(() => exitCode = (int)tool.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [command.Arguments], null)!, StackSize);
            thread.Start();
            thread.Join();
            Environment.CurrentDirectory = home;
            output.Write(Encoding.UTF8.GetBytes(command.End));
            error.Write(Encoding.UTF8.GetBytes(StayingTool.Told(exitCode) + command.End));
        }

        Environment.Exit(0);
    }
}
