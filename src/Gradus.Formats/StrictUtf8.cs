using System.Text;

namespace Gradus.Formats;

/// <summary>UTF-8 in which nothing is lost: what cannot be read or written is an error, and no question mark.</summary>
internal static class StrictUtf8
{
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>How many bytes a text takes.</summary>
    /// <exception cref="GradusException">It cannot be written.</exception>
    public static int CountBytes(string format, string text)
    {
        try
        {
            return Encoding.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw new GradusException($"{format}: '{PlainText.Quote(text)}' holds half a surrogate pair and cannot be written as UTF-8.", exception);
        }
    }
}
