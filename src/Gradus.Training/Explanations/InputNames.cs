using Gradus.Data;

namespace Gradus.Training;

/// <summary>What the numbers of a sample are called, so that attributions can be read.</summary>
internal static class InputNames
{
    /// <summary>Of a table, its columns as the network takes them, each text by itself; of a sentence its words; null of other data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The sample as the network takes it, [1, …].</param>
    public static IReadOnlyList<string>? Of(TrainedModel model, Tensor input) => model.TextColumn is not null ? Words(model, input) : Columns(model);

    private static string[]? Columns(TrainedModel model) => model.Table?.Columns.SelectMany(static column => column.Kind == ColumnKind.Number
        ? [column.Title]
        : column.Categories.Select(category => $"{column.Name} = {(category.Length == 0 ? "(missing)" : category)}")).ToArray();

    private static string[] Words(TrainedModel model, Tensor input) =>
        [.. input.ToArray<int>().TakeWhile(static token => token != WordVocabulary.Padding).Select(model.Table!.Words!.WordOf)];
}
