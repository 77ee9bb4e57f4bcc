using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The tokens of the owner of a key during a rotation. Servers need a token with both keys before they get what the new key signed, and then a token
/// without the old key. If the old key is compromised, there is only the latter, and it comes first.
/// </summary>
/// <param name="editor">The editor of the store.</param>
/// <param name="owner">A draft of the owner.</param>
/// <param name="signer">The key that signs the owner.</param>
internal sealed class OwnerTokens(EntityEditor editor, NatsEntity owner, ISigner signer)
{
    private readonly List<(string Token, string Reason)> tokens = [];
    private byte[] signed = ClaimJson.WishOf(JwtReader.ReadUnchecked(owner.Jwt!).Claims);
    private EntityDocument document = owner.Document;

    /// <summary>The owner with the last of its tokens.</summary>
    public NatsEntity Last => editor.Store.Make(owner.Path, document, owner.Above);

    /// <summary>Signs the owner's current claims, unless the last token has the same claims.</summary>
    public void Sign(string reason)
    {
        byte[] wish = ClaimJson.WishOf(owner.Wanted);
        if (wish.SequenceEqual(signed))
        {
            return;
        }

        document = editor.Resign(owner, signer);

        // The next token must be later than this one.
        owner.Wanted.IssuedAt = document.Wanted.IssuedAt;
        signed = wish;
        tokens.Add((document.Jwt!, reason));
    }

    /// <summary>Adds a token that an earlier run signed, because it is unknown whether it was published.</summary>
    public void PublishAgain(string reason)
    {
        if (tokens.Count == 0)
        {
            tokens.Add((document.Jwt!, reason));
        }
    }

    /// <summary>Saves the document with the last token.</summary>
    public void Save(StoreTransaction edit)
    {
        if (tokens.Count > 0)
        {
            edit.Save(owner.Path, document);
        }
    }

    /// <summary>Returns the tokens to publish, in order: those of the owner, and of the accounts that were signed with it.</summary>
    public ServerUpdate[] InOrder(IEnumerable<(NatsEntity Entity, string Token, string Reason)> accounts, bool ownerFirst)
    {
        NatsEntity last = Last;
        IEnumerable<(NatsEntity Entity, string Token, string Reason)> own = tokens.Select(token => (last, token.Token, token.Reason));
        int before = ownerFirst ? tokens.Count : tokens.Count - 1;
        return ServerUpdate.InOrder(own.Take(before).Concat(accounts).Concat(own.Skip(before)));
    }
}
