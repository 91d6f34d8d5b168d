namespace Gradus.Formats;

/// <summary>A word and its value.</summary>
internal static class StringEntry
{
    private const int KeyField = 1, ValueField = 2;

    public static KeyValuePair<string, string> Read(WireScanner fields)
    {
        var (key, value) = ("", "");
        while (fields.Read())
        {
            if (fields.Field == KeyField) key = fields.Text();
            else if (fields.Field == ValueField) value = fields.Text();
        }

        return new KeyValuePair<string, string>(key, value);
    }

    public static void Write(WireWriter writer, KeyValuePair<string, string> entry)
    {
        writer.Text(KeyField, entry.Key);
        writer.Text(ValueField, entry.Value);
    }
}
