namespace Gradus.Repo.Tests;

/// <summary>Tests that run programs and catch what they print: there is one console, so they run one after the other.</summary>
[CollectionDefinition(nameof(ConsoleCollection), DisableParallelization = true)]
public static class ConsoleCollection;
