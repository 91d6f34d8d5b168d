using System.Globalization;

namespace Gradus.Data;

/// <summary>A batch could not be read; says which. What went wrong is the <see cref="Exception.InnerException"/>.</summary>
public sealed class BatchReadException : IOException
{
    /// <summary>Says what went wrong, and where.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="batch">The position of the batch in its epoch, from 0; null where it is not known.</param>
    /// <param name="sample">The number of the sample; null where it is not known.</param>
    /// <param name="error">What went wrong.</param>
    public BatchReadException(int epoch, int? batch, int? sample, Exception error) : base(Text(epoch, batch, sample, error), error) =>
        (Epoch, Batch, Sample) = (epoch, batch, sample);

    /// <summary>The epoch, from 0.</summary>
    public int Epoch { get; }

    /// <summary>The position of the batch in its epoch, from 0; null where it is not known.</summary>
    public int? Batch { get; }

    /// <summary>The number of the sample; null where it is not known.</summary>
    public int? Sample { get; }

    private static string Text(int epoch, int? batch, int? sample, Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var place = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}");
        if (batch is not null) place += string.Create(CultureInfo.InvariantCulture, $", batch {batch}");
        if (sample is not null) place += string.Create(CultureInfo.InvariantCulture, $", sample {sample}");
        return $"{place}: {error.Message}";
    }
}
