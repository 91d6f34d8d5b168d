using Gradus.Formats;

namespace Gradus.Training;

/// <summary>What TensorBoard's files in the folder of a run hold up to where the run is taken up.</summary>
/// <param name="Step">The last step whose loss they hold.</param>
/// <param name="Epoch">The last step of the last epoch whose figures they hold.</param>
/// <param name="HasBegun">Whether they hold what a run begins with.</param>
internal readonly record struct BoardCut(long Step, long Epoch, bool HasBegun)
{
    /// <summary>
    /// Cuts off what the files hold behind a step, since the run makes it again, and what a process that was killed has left half written.
    /// </summary>
    /// <param name="directory">The folder.</param>
    /// <param name="step">The steps that are done.</param>
    /// <param name="isEpochDone">Whether the epoch that ends with this step is done too.</param>
    public static BoardCut After(string directory, long step, bool isEpochDone)
    {
        var (held, isOver) = (default(BoardCut), false);
        foreach (var path in TensorBoardWriter.FilesIn(directory))
        {
            if (!isOver)
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
                isOver = Cut(stream, ref held, step, isEpochDone);
            }
            else
            {
                File.Delete(path);
            }
        }

        return held;
    }

    private static bool Cut(FileStream stream, ref BoardCut held, long step, bool isEpochDone)
    {
        foreach (var record in EventRecord.Read(stream))
        {
            var isStep = record.Tag.StartsWith(BoardFile.OfStep, StringComparison.Ordinal);
            var isEnd = record.Step > 0 && (record.Tag.StartsWith(BoardFile.OfEnd, StringComparison.Ordinal)
                || record.Tag.StartsWith(BoardFile.OfOptions, StringComparison.Ordinal));
            if (record.Step > step || isEnd || (record.Step == step && !isStep && !isEpochDone))
            {
                stream.SetLength(record.Begin);
                return true;
            }

            if (isStep) held = held with { Step = record.Step };
            else if (record.Step > 0) held = held with { Epoch = record.Step };
            else held = held with { HasBegun = held.HasBegun || record.Tag == BoardFile.Recipe };
        }

        // The stream stands behind the last record that is whole.
        stream.SetLength(stream.Position);
        return false;
    }
}
