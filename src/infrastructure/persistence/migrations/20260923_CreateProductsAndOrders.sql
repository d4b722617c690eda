-- What is sold, who bought it and how it was paid. Money is an exact decimal beside its currency.

CREATE TABLE products (
    id             uuid          NOT NULL,
    name           varchar(100)  NOT NULL,
    sku            varchar(64)   NOT NULL,
    price_amount   numeric(18,2) NOT NULL,
    price_currency char(3)       NOT NULL,
    state_type     varchar(20)   NOT NULL DEFAULT 'Active',
    created_at     timestamptz   NOT NULL DEFAULT now(),
    updated_at     timestamptz   NOT NULL DEFAULT now(),
    CONSTRAINT pk_products PRIMARY KEY (id),
    CONSTRAINT uq_products_sku UNIQUE (sku),
    CONSTRAINT ck_products_price_amount CHECK (price_amount >= 0),
    CONSTRAINT ck_products_state_type CHECK (state_type IN ('Active', 'Discontinued'))
);

CREATE INDEX ix_products_created_at_id ON products (created_at, id);
CREATE INDEX ix_products_name ON products USING gin (name gin_trgm_ops);

CREATE TABLE orders (
    id             uuid          NOT NULL,
    customer_id    uuid          NOT NULL,
    state_type     varchar(20)   NOT NULL DEFAULT 'Open',
    total_amount   numeric(18,2) NOT NULL DEFAULT 0,
    total_currency char(3)       NOT NULL DEFAULT 'EUR',
    placed_at      timestamptz,
    paid_at        timestamptz,
    cancelled_at   timestamptz,
    created_at     timestamptz   NOT NULL DEFAULT now(),
    updated_at     timestamptz   NOT NULL DEFAULT now(),
    CONSTRAINT pk_orders PRIMARY KEY (id),
    CONSTRAINT fk_orders_users_customer_id FOREIGN KEY (customer_id) REFERENCES users (id),
    CONSTRAINT ck_orders_state_type CHECK (state_type IN ('Open', 'Placed', 'Paid', 'Cancelled')),
    CONSTRAINT ck_orders_total_amount CHECK (total_amount >= 0)
);

CREATE INDEX ix_orders_created_at_id ON orders (created_at, id);
CREATE INDEX ix_orders_customer_id ON orders (customer_id);
CREATE INDEX ix_orders_state_type ON orders (state_type);

CREATE TABLE order_lines (
    order_id            uuid          NOT NULL,
    line_id             uuid          NOT NULL,
    product_id          uuid          NOT NULL,
    sku                 varchar(64)   NOT NULL,
    quantity            integer       NOT NULL,
    -- The price when the line was added; a later reprice of the product leaves it alone.
    unit_price_amount   numeric(18,2) NOT NULL,
    unit_price_currency char(3)       NOT NULL,
    CONSTRAINT pk_order_lines PRIMARY KEY (order_id, line_id),
    CONSTRAINT fk_order_lines_orders_order_id FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE,
    CONSTRAINT fk_order_lines_products_product_id FOREIGN KEY (product_id) REFERENCES products (id),
    CONSTRAINT ck_order_lines_quantity CHECK (quantity > 0),
    CONSTRAINT ck_order_lines_unit_price_amount CHECK (unit_price_amount >= 0)
);

CREATE INDEX ix_order_lines_order_id_sku ON order_lines (order_id, sku);
CREATE INDEX ix_order_lines_product_id ON order_lines (product_id);

CREATE TABLE payments (
    id                 uuid          NOT NULL,
    order_id           uuid          NOT NULL,
    idempotency_key    varchar(128)  NOT NULL,
    amount             numeric(18,2) NOT NULL,
    currency           char(3)       NOT NULL,
    outcome            varchar(20)   NOT NULL DEFAULT 'Pending',
    provider_reference varchar(200),
    created_at         timestamptz   NOT NULL DEFAULT now(),
    settled_at         timestamptz,
    CONSTRAINT pk_payments PRIMARY KEY (id),
    -- The provider may be asked again under the same key, and charges once.
    CONSTRAINT uq_payments_idempotency_key UNIQUE (idempotency_key),
    CONSTRAINT fk_payments_orders_order_id FOREIGN KEY (order_id) REFERENCES orders (id),
    CONSTRAINT ck_payments_amount CHECK (amount >= 0),
    CONSTRAINT ck_payments_outcome CHECK (outcome IN ('Pending', 'Approved', 'Declined', 'Unknown'))
);

CREATE INDEX ix_payments_created_at_id ON payments (created_at, id);
CREATE INDEX ix_payments_order_id ON payments (order_id);

COMMENT ON COLUMN payments.provider_reference IS 'Confidential: masked in lists, a reveal is audited.';
