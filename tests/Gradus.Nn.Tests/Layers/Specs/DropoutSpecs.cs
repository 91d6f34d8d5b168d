namespace Gradus.Nn.Tests.Layers.Specs;

internal static class DropoutSpecs
{
    public static readonly Dictionary<string, ModuleSpec> All = new()
    {
        ["Dropout"] = ModuleSpec.Of(static () => new Dropout(0.5), [4, 30], [4, 30], "Dropout(0.5)") with { DiffersInTraining = true, IsRandom = true },
        ["Dropout1d"] = ModuleSpec.Of(static () => new Dropout1d(0.5), [4, 30, 2], [4, 30, 2], "Dropout1d(0.5)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
        ["Dropout2d"] = ModuleSpec.Of(static () => new Dropout2d(0.5), [4, 30, 2, 1], [4, 30, 2, 1], "Dropout2d(0.5)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
        ["Dropout3d"] = ModuleSpec.Of(static () => new Dropout3d(0.5), [4, 30, 2, 1, 2], [4, 30, 2, 1, 2], "Dropout3d(0.5)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
        ["AlphaDropout"] = ModuleSpec.Of(static () => new AlphaDropout(0.5), [4, 30], [4, 30], "AlphaDropout(0.5)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
        ["FeatureAlphaDropout"] = ModuleSpec.Of(static () => new FeatureAlphaDropout(0.5), [4, 30, 2], [4, 30, 2], "FeatureAlphaDropout(0.5)") with
        {
            DiffersInTraining = true,
            IsRandom = true,
        },
    };
}
