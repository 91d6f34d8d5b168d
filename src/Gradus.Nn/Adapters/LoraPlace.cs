namespace Gradus.Nn;

/// <summary>A parameter and where it is registered.</summary>
/// <param name="Name">Its path in the network.</param>
/// <param name="Module">The module that registered it.</param>
/// <param name="Own">Its name there.</param>
/// <param name="Parameter">The parameter.</param>
internal sealed record LoraPlace(string Name, Module Module, string Own, Parameter Parameter);
