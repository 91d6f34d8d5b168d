namespace Gradus.Operators;

/// <summary>For operators without arguments.</summary>
public readonly record struct None;
