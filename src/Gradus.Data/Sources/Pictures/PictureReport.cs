namespace Gradus.Data;

/// <summary>What was left out of a folder of pictures.</summary>
/// <param name="Read">How many pictures were read.</param>
/// <param name="Skipped">Of each picture that could not be read, its file and what is wrong.</param>
public sealed record PictureReport(int Read, IReadOnlyList<string> Skipped)
{
    /// <summary><c>1000 pictures, 2 skipped</c>, and what is wrong with the first.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Read} pictures, {Skipped.Count} skipped{(Skipped.Count == 0 ? "" : $": {Skipped[0]}")}");
}
