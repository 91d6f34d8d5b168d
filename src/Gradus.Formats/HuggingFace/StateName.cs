namespace Gradus.Formats;

/// <summary>What a tensor of a file is in our network.</summary>
/// <param name="Name">The name of the parameter or buffer; null: it is of none, and no matter.</param>
/// <param name="IsTransposed">Whether the file has it [in, out].</param>
/// <param name="Part">Which of three parts of the parameter, one below the other, it is; null: all of it.</param>
internal readonly record struct StateName(string? Name, bool IsTransposed = false, int? Part = null);
