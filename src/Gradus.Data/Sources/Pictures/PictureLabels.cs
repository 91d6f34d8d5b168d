namespace Gradus.Data;

/// <summary>Reads a CSV of labels: columns <c>file</c> and <c>label</c>, in any order, among others.</summary>
internal static class PictureLabels
{
    /// <summary>The pictures with their classes, in the order of the file.</summary>
    /// <param name="directory">The folder of the pictures.</param>
    /// <param name="path">The file of labels.</param>
    /// <exception cref="FileNotFoundException">There is no such file, or a picture is missing.</exception>
    /// <exception cref="InvalidDataException">A column is missing, a label is empty, or a picture lies outside the folder.</exception>
    public static List<(string Path, string Name, string Class)> Read(string directory, string path)
    {
        using var rows = new CsvRows(path, ',');
        if (!rows.Next()) throw new InvalidDataException($"{path}: the file is empty; expected the columns file and label.");
        var (file, label) = (Column(rows, "file"), Column(rows, "label"));
        if (file < 0 || label < 0) throw rows.Fail("expected the columns file and label, separated by commas.");
        var pictures = new List<(string, string, string)>();
        while (rows.Next())
        {
            var (name, text) = (rows[file], rows[label]);
            if (name.Length == 0 || text.Length == 0) throw rows.Fail("got an empty cell, expected a file and its label.");
            if (name.Contains('\0') || Path.IsPathRooted(name) || name.Split('/', '\\').Contains(".."))
            {
                throw rows.Fail($"got the file '{PlainText.Quote(name)}', expected a path inside the folder of the pictures.");
            }

            var picture = Path.Combine(directory, name);
            if (!File.Exists(picture)) throw rows.Fail($"got the file '{PlainText.Quote(name)}', which is not in the folder.");
            pictures.Add((picture, name, text));
        }

        return pictures;
    }

    private static int Column(CsvRows rows, string name)
    {
        for (var column = 0; column < rows.Cells; column++)
        {
            if (rows[column] == name) return column;
        }

        return -1;
    }
}
