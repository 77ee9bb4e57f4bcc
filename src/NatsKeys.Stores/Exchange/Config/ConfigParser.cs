using System.Globalization;
using System.Text;

namespace NatsKeys.Exchange;

/// <summary>
/// Reads server configuration text as servers do: maps, lists, quoted and bare strings, blocks, comments, variables and included files. Every value
/// is a <see cref="string"/>, a <see cref="List{T}"/> or a <see cref="Dictionary{TKey, TValue}"/>.
/// </summary>
internal sealed class ConfigParser
{
    private const int DeepestNesting = 64;

    private readonly string text;
    private readonly Func<string, Dictionary<string, object>> include;
    private readonly List<Dictionary<string, object>> scopes = [];
    private int place;
    private int lists;

    private ConfigParser(string text, Func<string, Dictionary<string, object>> include)
    {
        this.text = text;
        this.include = include;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text to read.</param>
    /// <param name="include">Reads an included file by its name in the text.</param>
    /// <returns>The members. Their names are in lower case, because servers ignore case.</returns>
    /// <exception cref="NatsKeysException"><see cref="ErrorCode.InvalidServerConfig"/>: the text is malformed; the message has the line.</exception>
    public static Dictionary<string, object> Read(string text, Func<string, Dictionary<string, object>> include)
    {
        var reader = new ConfigParser(text, include);
        reader.SkipBlank();
        bool isBraced = reader.Take('{');
        Dictionary<string, object> all = reader.Map(isBraced ? '}' : null);
        reader.SkipBlank();
        return reader.place == text.Length ? all : throw reader.Wrong($"'{reader.text[reader.place]}' is not expected here");
    }

    private Dictionary<string, object> Map(char? end)
    {
        var map = new Dictionary<string, object>(StringComparer.Ordinal);
        scopes.Add(map);
        RequireShallow(scopes.Count + lists);
        while (true)
        {
            SkipBlank(separators: true);
            if (end is null ? place == text.Length : Take(end.Value))
            {
                scopes.RemoveAt(scopes.Count - 1);
                return map;
            }

            if (place == text.Length)
            {
                throw Wrong("a '}' is missing at the end");
            }

            string key = Key();
            SkipBlank();
            if (key == "include")
            {
                string file = Scalar() as string ?? throw Wrong("the name of a file is expected after 'include'");
                foreach ((string name, object value) in include(file))
                {
                    map[name] = value;
                }

                continue;
            }

            _ = Take('=') || Take(':');
            SkipBlank();
            map[key.ToLowerInvariant()] = Value();
        }
    }

    private string Key()
    {
        if (place < text.Length && text[place] is '"' or '\'')
        {
            return Quoted();
        }

        int start = place;
        while (place < text.Length && !char.IsWhiteSpace(text[place]) && text[place] is not ('=' or ':' or '{' or '}' or '[' or ']' or ',' or ';'))
        {
            place++;
        }

        return place > start ? text[start..place] : throw Wrong($"'{text[place]}' is not expected here");
    }

    private object Value()
    {
        if (place == text.Length)
        {
            throw Wrong("a value is missing at the end");
        }

        if (Take('{'))
        {
            return Map('}');
        }

        return Take('[') ? Items() : Scalar();
    }

    private void RequireShallow(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw Wrong("it is nested too deeply");
        }
    }

    private List<object> Items()
    {
        var list = new List<object>();
        RequireShallow(scopes.Count + ++lists);
        while (true)
        {
            SkipBlank(separators: true);
            if (Take(']'))
            {
                lists--;
                return list;
            }

            if (place == text.Length)
            {
                throw Wrong("a ']' is missing at the end");
            }

            list.Add(Value());
        }
    }

    private object Scalar()
    {
        if (place < text.Length && text[place] is '"' or '\'')
        {
            return Quoted();
        }

        if (Take('('))
        {
            int end = text.IndexOf(')', place);
            if (end < 0)
            {
                throw Wrong("a ')' is missing at the end");
            }

            string block = text[place..end].Trim();
            place = end + 1;
            return block;
        }

        int start = place;
        while (place < text.Length && !char.IsWhiteSpace(text[place]) && text[place] is not (';' or ',' or ']' or '}'))
        {
            place++;
        }

        string word = text[start..place];
        return word.Length == 0 ? throw Wrong("a value is missing") : word[0] == '$' && word.Length > 1 ? Variable(word[1..]) : word;
    }

    /// <summary>
    /// The value of a variable: a member of this map or of an enclosing one, or an environment variable. An unknown variable stays as it is written,
    /// because the server's environment may define it, and because password hashes begin with a $, too.
    /// </summary>
    private object Variable(string name)
    {
        for (int scope = scopes.Count - 1; scope >= 0; scope--)
        {
            if (scopes[scope].TryGetValue(name.ToLowerInvariant(), out object? value))
            {
                return value;
            }
        }

        return Environment.GetEnvironmentVariable(name) ?? $"${name}";
    }

    private string Quoted()
    {
        char quote = text[place++];
        var value = new StringBuilder();
        for (; place < text.Length && text[place] != quote; place++)
        {
            // Only double-quoted strings have escapes.
            value.Append(quote == '"' && text[place] == '\\' && place + 1 < text.Length ? Escaped() : text[place]);
        }

        if (place == text.Length)
        {
            throw Wrong($"a {quote} is missing at the end");
        }

        place++;
        return value.ToString();
    }

    private char Escaped()
    {
        char letter = text[++place];
        if (letter == 'x' && place + 2 < text.Length
            && byte.TryParse(text.AsSpan(place + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out byte code))
        {
            place += 2;
            return (char)code;
        }

        return letter switch { 't' => '\t', 'n' => '\n', 'r' => '\r', _ => letter };
    }

    private void SkipBlank(bool separators = false)
    {
        while (place < text.Length)
        {
            char next = text[place];
            if (next == '#' || (next == '/' && place + 1 < text.Length && text[place + 1] == '/'))
            {
                int end = text.IndexOf('\n', place);
                place = end < 0 ? text.Length : end;
            }
            else if (char.IsWhiteSpace(next) || (separators && next is ',' or ';'))
            {
                place++;
            }
            else
            {
                return;
            }
        }
    }

    private bool Take(char character)
    {
        bool isThere = place < text.Length && text[place] == character;
        place += isThere ? 1 : 0;
        return isThere;
    }

    private NatsKeysException Wrong(string why) =>
        new(ErrorCode.InvalidServerConfig, $"The configuration cannot be read at line {text.AsSpan(0, place).Count('\n') + 1}: {why}.")
        {
            Line = text.AsSpan(0, place).Count('\n') + 1,
        };
}
