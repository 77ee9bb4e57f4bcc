using System.Collections;
using System.Management.Automation;
using NatsKeys.Store;

namespace NatsKeys.Binding;

/// <summary>
/// Accepts names of new entities: texts from the pipeline, and the column <c>Name</c> of a table. Without this, PowerShell would use the text of any
/// object as a name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NewNameAttribute : PipelineInputAttribute
{
    private const string NameColumn = "Name";

    protected override object? Take(object? given, object? input) => input switch
    {
        NatsUser user => throw new ArgumentTransformationMetadataException(
            $"The {user.Path} exists. To create users, pipe names or table rows, such as those of Select-Object Name, Account."),
        null or NatsEntity or NatsSigningKey => given,
        string text => new[] { text },
        IList items => items.Cast<object?>().Select(item => InputFormatter.Of(item) ?? throw Nameless(item)).ToArray(),
        _ when InputFormatter.Of(input) is { } text => new[] { text },

        // The property Name is bound next.
        _ when input.GetType().Assembly != typeof(NatsStore).Assembly && PSObject.AsPSObject(given).Properties[NameColumn] is not null => given,
        _ => throw Nameless(given),
    };

    private static ArgumentTransformationMetadataException Nameless(object? item) =>
        new(item is null ? "A name is null." : $"The input is {new RowArgument(item).Kind}. It has no column '{NameColumn}'.");
}
