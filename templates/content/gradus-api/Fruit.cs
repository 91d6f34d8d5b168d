namespace GradusApi;

/// <summary>What a request tells; a value that is not known is null.</summary>
internal sealed record Fruit(double? Weight, double? Length, double? Width, string? Color);
